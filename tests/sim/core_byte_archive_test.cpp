#include "sim/core/byte_archive.h"

#include <gtest/gtest.h>

#include <cmath>
#include <cstdint>
#include <limits>

namespace outagesim {
namespace {

struct Everything {
  std::int32_t signed_number = -70'000;
  std::uint64_t large = std::numeric_limits<std::uint64_t>::max();
  std::int64_t least = std::numeric_limits<std::int64_t>::min();
  double real = -0.0;
  bool yes = true;
  std::string text = std::string("a\0b", 3);
  std::vector<std::uint32_t> numbers{0, 127, 128, 4'000'000'000};
  std::array<double, 2> pair{1.0 / 3, std::numeric_limits<double>::infinity()};

  template <class Archive>
  void visit(Archive& archive) {
    archive(signed_number, large, least, real, yes, text, numbers, pair);
  }
  friend bool operator==(const Everything&, const Everything&) = default;
};

TEST(ByteArchive, GivesBackWhatItWasShown) {
  Everything written;
  Everything read{1, 2, 3, 4, false, "", {}, {}};
  ASSERT_TRUE(read_bytes(bytes_of(written), read));
  EXPECT_EQ(read, written);
  EXPECT_TRUE(std::signbit(read.real));
}

TEST(ByteArchive, NeedsAByteForASmallNumber) {
  std::vector<std::uint64_t> zeros(100);
  EXPECT_EQ(bytes_of(zeros).size(), 101);
}

TEST(ByteArchive, RefusesEveryCut) {
  Everything written;
  const std::string bytes = bytes_of(written);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    Everything read;
    EXPECT_FALSE(read_bytes(bytes.substr(0, size), read)) << size;
  }
}

TEST(ByteArchive, RefusesWhatIsLeftOver) {
  std::uint64_t number = 7;
  EXPECT_FALSE(read_bytes(bytes_of(number) + "x", number));
}

TEST(ByteArchive, AllocatesNothingForAnAbsurdSize) {
  std::uint64_t size = std::uint64_t{1} << 60;
  std::vector<std::uint64_t> numbers;
  EXPECT_FALSE(read_bytes(bytes_of(size), numbers));
  EXPECT_TRUE(numbers.empty());
}

}  // namespace
}  // namespace outagesim
