// SPDX-License-Identifier: Apache-2.0
#pragma once

#include <verilated_fst_c.h>

#include "models/cosim/rtl_walker.h"

namespace tlmmu::cosim {

/// The model's signals in the waveform file of a Verilated model, of which they are one more. Made
/// before the file is opened; outlives it.
class ModelWaves {
 public:
  ModelWaves(const ModelSignals& signals, VerilatedFst& file) : signals_(signals) {
    file.addInitCb(declare, this);
    file.addFullCb(write, this);
    file.addChgCb(write_changes, this);
  }
  ModelWaves(const ModelWaves&) = delete;
  ModelWaves& operator=(const ModelWaves&) = delete;

 private:
  // The FST writer's numbers for signals, in words of 32 bits.
  enum Code : std::uint32_t { kActivity = 0, kLevel = 1, kAddress = 2, kPte = 4 };
  static constexpr int kActivityBits = 3, kLevelBits = 3, kAddressBits = 56, kPteBits = 64;

  static void declare(void* self, VerilatedFst* file, std::uint32_t code) {
    static const char* const names[] = {"idle", "read", "update", "translated", "fault"};
    static const char* const values[] = {"000", "001", "010", "011", "100"};
    static_cast<ModelWaves*>(self)->code_ = code;
    file->pushNamePrefix("model ");
    constexpr int kActivityEnum = 1000;  // a number that the Verilated model does not use
    file->declDTypeEnum(kActivityEnum, "ModelActivity", 5, kActivityBits,
                        const_cast<const char**>(names), const_cast<const char**>(values));
    file->declBus(code + kActivity, "activity", kActivityEnum, FST_VD_IMPLICIT, FST_VT_VCD_WIRE,
                  false, -1, kActivityBits - 1, 0);
    file->declBus(code + kLevel, "level", -1, FST_VD_IMPLICIT, FST_VT_VCD_WIRE, false, -1,
                  kLevelBits - 1, 0);
    file->declQuad(code + kAddress, "address", -1, FST_VD_IMPLICIT, FST_VT_VCD_WIRE, false, -1,
                   kAddressBits - 1, 0);
    file->declQuad(code + kPte, "pte", -1, FST_VD_IMPLICIT, FST_VT_VCD_WIRE, false, -1,
                   kPteBits - 1, 0);
    file->popNamePrefix();
  }
  static void write(void* self, VerilatedFst::Buffer* buffer) {
    const auto& waves = *static_cast<ModelWaves*>(self);
    std::uint32_t* const old = buffer->oldp(waves.code_);
    const ModelSignals& signals = waves.signals_;
    buffer->fullCData(old + kActivity, static_cast<CData>(signals.activity), kActivityBits);
    buffer->fullCData(old + kLevel, signals.level, kLevelBits);
    buffer->fullQData(old + kAddress, signals.address, kAddressBits);
    buffer->fullQData(old + kPte, signals.pte, kPteBits);
  }
  static void write_changes(void* self, VerilatedFst::Buffer* buffer) {
    const auto& waves = *static_cast<ModelWaves*>(self);
    std::uint32_t* const old = buffer->oldp(waves.code_);
    const ModelSignals& signals = waves.signals_;
    buffer->chgCData(old + kActivity, static_cast<CData>(signals.activity), kActivityBits);
    buffer->chgCData(old + kLevel, signals.level, kLevelBits);
    buffer->chgQData(old + kAddress, signals.address, kAddressBits);
    buffer->chgQData(old + kPte, signals.pte, kPteBits);
  }

  const ModelSignals& signals_;
  std::uint32_t code_ = 0;
};

}  // namespace tlmmu::cosim
