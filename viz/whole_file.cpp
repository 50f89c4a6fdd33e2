#include "viz/whole_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <system_error>

#include "models/base/error.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kBeginning = 4096;

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};
using File = std::unique_ptr<std::FILE, CloseFile>;

[[noreturn]] void cannot(std::string_view verb, const fs::path& path,
                         int error) {
  throw SurroundingsError("cannot " + std::string(verb) + " " +
                          printable(path.string()) + ": " +
                          std::strerror(error));
}

// 0, or the errno of what went wrong.
int write_to_disk(const fs::path& path, std::string_view bytes) {
  const File file(std::fopen(path.c_str(), "wb"));
  if (!file) return errno;
  const bool fine =
      std::fwrite(bytes.data(), 1, bytes.size(), file.get()) == bytes.size() &&
      std::fflush(file.get()) == 0;
  if (!fine) return errno;
  // Pipes and terminals have nothing to be synchronised.
  return ::fsync(::fileno(file.get())) == 0 || errno == EINVAL ? 0 : errno;
}

// A device, a pipe: something that a file must not take the place of.
bool is_no_file(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored) && !fs::is_regular_file(path, ignored) &&
         !fs::is_directory(path, ignored);
}

// So that the new name outlives a power failure. Some file systems have no
// such thing; the content is safe all the same.
void sync_folder(const fs::path& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

std::uint64_t size_of_file(int descriptor, const fs::path& path) {
  struct stat known{};
  if (::fstat(descriptor, &known) != 0) cannot("read", path, errno);
  if (!S_ISREG(known.st_mode)) {
    throw UsageError("\"" + printable(path.string()) +
                     "\" is no file but a device, a pipe or a folder");
  }
  return static_cast<std::uint64_t>(known.st_size);
}

}  // namespace

void write_whole_file(const fs::path& named, std::string_view bytes) {
  if (is_no_file(named)) {
    if (const int error = write_to_disk(named, bytes)) {
      cannot("write", named, error);
    }
    return;
  }
  std::error_code unresolved;
  fs::path path = fs::weakly_canonical(named, unresolved);  // through links
  if (unresolved) path = named;
  fs::path folder = path.parent_path();
  if (folder.empty()) folder = ".";
  const fs::path beside = folder / ("." + path.filename().string() + ".part");
  std::error_code ignored;
  if (const int error = write_to_disk(beside, bytes)) {
    fs::remove(beside, ignored);
    cannot("write", path, error);
  }
  std::error_code error;
  fs::rename(beside, path, error);
  if (error) {
    fs::remove(beside, ignored);
    cannot("write", path, error.value());
  }
  sync_folder(folder);
}

std::optional<std::string> read_whole_file(const fs::path& path,
                                           const WorthReading& worth) {
  // Opening a pipe that nobody writes to would wait for ever.
  const int descriptor =
      ::open(path.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return std::nullopt;
  if (descriptor < 0) cannot("read", path, errno);
  const File file(::fdopen(descriptor, "rb"));
  const std::uint64_t size = size_of_file(descriptor, path);
  std::string bytes(std::min<std::uint64_t>(size, kBeginning), '\0');
  bytes.resize(std::fread(bytes.data(), 1, bytes.size(), file.get()));
  const bool ended = std::feof(file.get()) != 0 || std::ferror(file.get()) != 0;
  if (!ended && bytes.size() < size && worth(bytes, size)) {
    const std::size_t read = bytes.size();
    bytes.resize(size);
    bytes.resize(read +
                 std::fread(bytes.data() + read, 1, size - read, file.get()));
  }
  if (std::ferror(file.get()) != 0) cannot("read", path, errno);
  return bytes;
}

}  // namespace outagesim
