// SPDX-License-Identifier: Apache-2.0
// What brings files into memory: map, pread and pwrite.
#include <fmt/format.h>

#include "models/workload/scenario/access_parser.h"
#include "models/workload/scenario/block_parser.h"

namespace tlmmu::scenario {

Map BlockParser::map() {
  const Place place = tokens_.peek().place;
  const std::string name = tokens_.name("a name for the region");
  kernel::MapRequest request{tokens_.whole_pages(), std::nullopt, kernel::kReadWrite,
                             kernel::Sharing::private_copy, std::nullopt};
  while (tokens_.peek().kind == Token::Kind::word) map_option(request);
  return {add_region(place, name, request.length), request};
}

void BlockParser::map_option(kernel::MapRequest& request) {
  if (const auto permissions = accept_permissions()) {
    request.permissions = *permissions;
  } else if (tokens_.accept_word("shared")) {
    request.sharing = kernel::Sharing::shared;
  } else if (tokens_.accept_word("private")) {
    request.sharing = kernel::Sharing::private_copy;
  } else if (tokens_.accept_word("file")) {
    request.contents = file_part();
  } else if (tokens_.accept_word("at")) {
    const Place place = tokens_.peek().place;
    request.fixed = tokens_.address();
    if (request.fixed->page_offset() != Bytes(0)) {
      tokens_.fail(place, "expected the address of a page");
    }
  } else {
    tokens_.fail_expected(
        "file, shared, private, at, permissions (r, rw, rx, ...) or the end of "
        "the line");
  }
}

kernel::FileId BlockParser::file() {
  const Token name = tokens_.peek();
  const auto file = index_of(scenario_.files, tokens_.name("the name of a file"));
  if (!file) tokens_.fail(name.place, fmt::format("there is no file \"{}\" above", name.text));
  return kernel::FileId(*file);
}

/// pread or pwrite RANGE file NAME [offset SIZE]
Transfer BlockParser::transfer(kernel::CopyDirection direction) {
  const Range buffer = parse_range(tokens_, names_);
  tokens_.expect_word("file");
  const Place place = tokens_.peek().place;
  Transfer transfer{buffer, direction, file(), Bytes(0)};
  if (tokens_.accept_word("offset")) transfer.offset = tokens_.size();
  const File& file = scenario_.files[transfer.file.value()];
  // Of the heap only the run knows how long it is; what is beyond the file's end is left out then.
  const Bytes length = buffer.end ? *buffer.end - buffer.begin : Bytes(0);
  if (transfer.offset > file.length || length > file.length - transfer.offset) {
    tokens_.fail(place,
                 fmt::format("bytes {} to {} are beyond the end of file \"{}\", which has {} bytes",
                             transfer.offset.value(), (transfer.offset + length).value(), file.name,
                             file.length.value()));
  }
  return transfer;
}

kernel::FilePart BlockParser::file_part() {
  kernel::FilePart part{file(), 0};
  if (tokens_.accept_word("offset")) part.page = tokens_.whole_pages() / kPageBytes;
  return part;
}

}  // namespace tlmmu::scenario
