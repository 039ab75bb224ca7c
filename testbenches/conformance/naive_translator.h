// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include "testbenches/conformance/naive_request.h"

namespace tlmmu::testing {

/// A second reading of the privileged architecture, for comparison with the model: what a hart's
/// registers and memory make of one address. Written from the text alone ("Virtual Address
/// Translation Process", "Two-Stage Address Translation", "Physical Memory Protection", Svnapot,
/// Svpbmt, Svadu), with plain integers, no caches, and nothing from models/arch or models/ptw.
///
/// Rules that are known to be got wrong are virtual functions: a test gets them wrong on purpose.
class NaiveTranslator {
 public:
  struct Hart {
    int deepest = 57;  ///< the deepest mode: 32 on RV32; 0 (bare), 39, 48 or 57 on RV64
    bool svadu = false;
    bool svnapot = false;
    bool svpbmt = false;
    bool pmp_final = false;  ///< whether the answer itself is held against PMP
  };

  NaiveTranslator() = default;
  NaiveTranslator(const NaiveTranslator&) = delete;
  NaiveTranslator& operator=(const NaiveTranslator&) = delete;
  virtual ~NaiveTranslator() = default;

  Hart& hart() { return hart_; }
  void write_memory(std::uint64_t address, std::uint64_t word) { memory_[address] = word; }
  /// From the first range on, memory for PTEs is only where a range is.
  void add_ram(std::uint64_t first, std::uint64_t bytes) { ram_.push_back({first, bytes}); }
  virtual void write_satp(std::uint64_t raw);
  void write_vsatp(std::uint64_t raw);
  void write_hgatp(std::uint64_t raw);
  /// Who remembers nothing has nothing to forget.
  virtual void fence(const NaiveFence& /*fence*/) {}
  virtual void write_pmp(unsigned entry, unsigned cfg, std::uint64_t address);

  /// Sets A and D in memory where it has to. accesses() are then those of this request.
  virtual NaiveAnswer translate(const NaiveRequest& request);
  const std::vector<NaiveAccess>& accesses() const { return accesses_; }
  const std::map<std::uint64_t, std::uint64_t>& memory() const { return memory_; }

 protected:
  /// One stage, as its register says.
  struct Stage {
    int mode = 0;  ///< the number in its name, 0 for bare
    std::uint64_t root_page = 0;
    std::uint64_t space = 0;           ///< ASID or VMID, which no walk looks at
    bool guest_physical = false;       ///< of the G stage, whose modes are the x4 ones
    const Stage* tables_in = nullptr;  ///< the stage through which its own tables are reached
  };
  /// What a leaf is asked for.
  struct Access {
    char type;
    char original;  ///< for which an exception is reported
    bool user;
    bool sum;
    bool mxr;
    bool g_stage_mxr;
  };
  struct Range {
    std::uint64_t first, bytes;
  };
  struct PmpEntry {
    unsigned cfg = 0;
    std::uint64_t address = 0;
  };

  const Hart& hart() const { return hart_; }
  void forget_accesses() { accesses_.clear(); }
  const Stage& satp() const { return satp_; }
  const Stage& vsatp() const { return vsatp_; }
  const Stage& hgatp() const { return hgatp_; }
  void write_stage(Stage& stage, std::uint64_t raw) const;
  std::vector<PmpEntry>& pmp() { return pmp_; }

  virtual bool address_fits(const Stage& stage, std::uint64_t address) const;
  virtual std::uint64_t index(const Stage& stage, std::uint64_t address, int level) const;
  virtual bool is_leaf(std::uint64_t pte, int level) const;
  virtual bool pointer_is_legal(std::uint64_t pte, int level) const;
  virtual bool leaf_is_legal(std::uint64_t pte, int level) const;
  virtual bool is_aligned(std::uint64_t page, std::uint64_t pages) const;
  virtual bool user_bit_allows(const Stage& stage, std::uint64_t pte, const Access& access) const;
  virtual bool type_allowed(std::uint64_t pte, const Access& access) const;
  virtual std::uint64_t updated(std::uint64_t pte, const Access& access) const;
  virtual char type_of_pte_access(char type, const Access& access) const;
  virtual Access in_g_stage(char type, bool implicit, const Access& access) const;
  virtual int page_fault(const Stage& stage, const Access& access) const;
  /// Whether there is no memory, or PMP forbids the access, is the same.
  virtual int access_fault(int step, bool exists, const Access& access) const;
  virtual bool pmp_allows(Range bytes, char type, bool machine) const;
  virtual std::uint64_t reach_of_both(std::uint64_t first, std::uint64_t second) const;
  bool pmp_matches(std::size_t entry, std::uint64_t byte) const;

 private:
  bool is_physical(std::uint64_t address) const;
  bool memory_exists(Range bytes) const;
  bool rv32() const { return hart_.deepest == 32; }
  bool known_mode(std::uint64_t raw) const;
  NaiveAnswer walk(const Stage& stage, std::uint64_t address, const Access& access);
  NaiveAnswer reach_pte(const Stage& stage, std::uint64_t where, char type, const Access& access);
  NaiveAnswer end_at_leaf(const Stage& stage, std::uint64_t address, const Access& access,
                          std::uint64_t where, std::uint64_t pte, int level);
  NaiveAnswer refuse(const Stage& stage, int step, std::uint64_t address,
                     const Access& access) const;

  Hart hart_;
  std::map<std::uint64_t, std::uint64_t> memory_;
  std::vector<Range> ram_;
  std::vector<PmpEntry> pmp_;  ///< none, or all 16
  Stage satp_, vsatp_{0, 0, 0, false, &hgatp_}, hgatp_{0, 0, 0, true, nullptr};
  std::vector<NaiveAccess> accesses_;
};

}  // namespace tlmmu::testing
