// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <vector>

#include "testbenches/conformance/naive_translator.h"

namespace tlmmu::testing {

/// A naive translator that remembers as much as the architecture lets it, and forgets no more than
/// fences say. It shows that random cases fence all that they change, and where it is broken on
/// purpose that they would find a TLB that is.
///
/// It remembers answers to whole requests: of a page of 4 KiB, an access type, and what the hart
/// was then; no permission is checked again, because nothing else is answered from memory.
class CachingTranslator : public NaiveTranslator {
 public:
  NaiveAnswer translate(const NaiveRequest& request) override;
  void fence(const NaiveFence& fence) override;

 protected:
  struct Entry {
    NaiveRequest request;  ///< its address: the first of the page
    int mode = 0;          ///< of the first stage
    std::uint64_t asid = 0;
    std::uint64_t vmid = 0;
    NaiveAnswer answer;
  };

  virtual bool may_keep(const NaiveAnswer& answer) const;
  virtual bool is_same(const Entry& entry, const Entry& wanted) const;
  virtual bool same_asid(const Entry& entry, const Entry& wanted) const;
  virtual bool names(const NaiveFence& fence, const Entry& entry) const;
  virtual bool names_space(const NaiveFence& fence, const Entry& entry) const;
  virtual bool names_address(const NaiveFence& fence, const Entry& entry) const;

 private:
  std::vector<Entry> entries_;
};

}  // namespace tlmmu::testing
