// SPDX-License-Identifier: Apache-2.0
#pragma once

#include "models/events/sink.h"

namespace tlmmu::events {

/// Tells two sinks what it is told. Both must outlive it.
class TeeSink final : public Sink {
 public:
  TeeSink(Sink& first, Sink& second) : first_(first), second_(second) {}

  void name_unit(UnitId id, const std::string& name) override {
    first_.name_unit(id, name);
    second_.name_unit(id, name);
  }

  void on(const Stamp& stamp, const TlbLookup& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const TlbFilled& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const WalkStarted& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const PteFetched& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const PteUpdated& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const WalkFinished& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const CacheLookup& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const DramCommand& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const DiskQueue& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const PageFault& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const FrameCounts& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const ProcessSwitch& event) override { pass(stamp, event); }
  void on(const Stamp& stamp, const ModeChange& event) override { pass(stamp, event); }

 private:
  template <class Event>
  void pass(const Stamp& stamp, const Event& event) {
    first_.on(stamp, event);
    second_.on(stamp, event);
  }

  Sink& first_;
  Sink& second_;
};

}  // namespace tlmmu::events
