// The files of one run: they appear whole or not at all. All are written under
// temporary names beside their place and renamed at the end, when every byte of
// every file is known to be on the disk.
#pragma once

#include <cstdio>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace outagesim {

class OutputFiles {
 public:
  // Makes the folder, with those above it. Throws SurroundingsError.
  explicit OutputFiles(std::filesystem::path folder);
  // Removes what was not committed.
  ~OutputFiles();
  OutputFiles(const OutputFiles&) = delete;
  OutputFiles& operator=(const OutputFiles&) = delete;

  // Begins a file; the number is for append(). Throws SurroundingsError.
  std::size_t open(std::string name);
  // False once writing this file has failed; commit() then says why.
  bool append(std::size_t file, std::string_view text);
  // A whole file at once.
  void add(std::string name, std::string_view text);

  // Makes all files appear. Throws SurroundingsError, and then none has.
  void commit();

  std::vector<std::string> names() const;

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct File {
    std::string name;
    std::filesystem::path temporary;
    std::unique_ptr<std::FILE, Close> handle;
    int error = 0;  // errno of the first failure
  };
  void close(File& file);

  std::filesystem::path folder_;
  std::vector<File> files_;
};

}  // namespace outagesim
