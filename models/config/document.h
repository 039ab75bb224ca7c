// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "models/config/visitor.h"

namespace tlmmu::config {

/// A visitor that stores values into what it visits and collects what is wrong with them.
class LoadPass : public Visitor {
 public:
  /// Call after the visit. Throws InputError with one line for each problem.
  virtual void finish() = 0;
};

/// What a user has set: at most one TOML file, and any number of `--set key=value` on top of it.
class Document {
 public:
  Document();
  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  /// Reads a file. Throws InputError (no such file, a directory, TOML syntax with line and column).
  void read_file(const std::string& path);
  /// Reads TOML text; `name` stands for it in messages.
  void read_text(std::string_view text, const std::string& name);
  /// Sets one key, as `mmu.l2_tlb.entries=2048`. A value that is not TOML is taken as a string.
  /// Throws InputError if there is no '=', or the key is no key.
  void set(std::string_view assignment);
  /// The same for a key that another kind of file sets: messages begin with `place`, as in
  /// "sweep.scn:3:5".
  void set_at(const std::string& place, const std::string& key, std::string_view value);

  /// Visits `root` and stores into it what the document says; a key that it does not name keeps its
  /// default. Throws InputError with one line for each of: a wrong type, a value out of range, a
  /// broken cross-key rule, an unknown key, a key without effect.
  template <class Root>
  void load(Root& root) const {
    const std::unique_ptr<LoadPass> pass = start();
    root.describe(*pass);
    pass->finish();
  }

 private:
  struct Content;
  void insert(const std::string& origin, const std::string& key, std::string_view value);
  std::unique_ptr<LoadPass> start() const;

  std::unique_ptr<Content> content_;
};

}  // namespace tlmmu::config
