#include "viz/output_files.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "models/base/error.h"
#include "models/base/text.h"

namespace outagesim {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void cannot(std::string_view verb, const fs::path& path,
                         int error) {
  throw SurroundingsError("cannot " + std::string(verb) + " " +
                          printable(path.string()) + ": " +
                          std::strerror(error));
}

}  // namespace

OutputFiles::OutputFiles(fs::path folder) : folder_(std::move(folder)) {
  std::error_code error;
  fs::create_directories(folder_, error);
  std::error_code unknown;
  if (!fs::is_directory(folder_, unknown)) {
    cannot("make the folder", folder_, error ? error.value() : ENOTDIR);
  }
}

OutputFiles::~OutputFiles() {
  std::error_code ignored;
  for (const File& file : files_) fs::remove(file.temporary, ignored);
}

std::size_t OutputFiles::open(std::string name) {
  File file;
  file.temporary =
      folder_ / ("." + name + "." + std::to_string(::getpid()) + ".part");
  file.handle.reset(std::fopen(file.temporary.c_str(), "wb"));
  if (!file.handle) cannot("write", folder_ / name, errno);
  std::error_code unknown;
  if (fs::is_directory(folder_ / name, unknown)) {
    cannot("write", folder_ / name, EISDIR);
  }
  file.name = std::move(name);
  files_.push_back(std::move(file));
  return files_.size() - 1;
}

bool OutputFiles::append(std::size_t file, std::string_view text) {
  File& to = files_[file];
  if (to.error != 0) return false;
  if (std::fwrite(text.data(), 1, text.size(), to.handle.get()) < text.size()) {
    to.error = errno;
  }
  return to.error == 0;
}

void OutputFiles::add(std::string name, std::string_view text) {
  append(open(std::move(name)), text);
}

void OutputFiles::close(File& file) {
  std::FILE* handle = file.handle.release();
  if (std::fflush(handle) != 0 || ::fsync(::fileno(handle)) != 0) {
    if (file.error == 0) file.error = errno;
  }
  if (std::fclose(handle) != 0 && file.error == 0) file.error = errno;
  if (file.error != 0) cannot("write", folder_ / file.name, file.error);
}

void OutputFiles::commit() {
  for (File& file : files_) close(file);
  for (const File& file : files_) {
    std::error_code error;
    fs::rename(file.temporary, folder_ / file.name, error);
    if (error) cannot("write", folder_ / file.name, error.value());
  }
  files_.clear();
}

std::vector<std::string> OutputFiles::names() const {
  std::vector<std::string> names;
  for (const File& file : files_) names.push_back(file.name);
  return names;
}

}  // namespace outagesim
