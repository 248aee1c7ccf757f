#include "workload.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <sstream>
#include <utility>

namespace fosterflow::benchmarks {

namespace {

std::string contentOf(const std::filesystem::path& path) {
  const std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::cerr << path
              << " cannot be read; write it with: npm run bench -- --write-workload DIRECTORY\n";
    std::exit(1);
  }
  std::ostringstream content;
  content << file.rdbuf();
  return content.str();
}

}  // namespace

Lines::Lines(std::string text) : text_(std::move(text)) {
  const size_t size = text_.size();
  text_.append(JsonReader::kPadding, ' ');
  const std::string_view all(text_.data(), size);
  for (size_t start = 0; start < size;) {
    const size_t end = std::min(all.find('\n', start), size);
    lines_.push_back(all.substr(start, end - start));
    start = end + 1;
  }
}

Workload readWorkload(const std::string& directory) {
  const std::filesystem::path root(directory);
  Workload workload;
  workload.segments = contentOf(root / "segments.json");
  std::vector<std::string> ids;
  const std::string ending = ".fresh.ndjson";
  for (const auto& entry : std::filesystem::directory_iterator(root)) {
    const std::string name = entry.path().filename().string();
    if (name.size() <= ending.size() ||
        !std::equal(ending.rbegin(), ending.rend(), name.rbegin())) {
      continue;
    }
    ids.push_back(name.substr(0, name.size() - ending.size()));
  }
  std::sort(ids.begin(), ids.end());
  for (const std::string& id : ids) {
    workload.visitors.push_back({id, Lines(contentOf(root / (id + ".history.ndjson"))),
                                 Lines(contentOf(root / (id + ending)))});
  }
  return workload;
}

}  // namespace fosterflow::benchmarks
