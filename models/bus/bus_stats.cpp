// SPDX-License-Identifier: Apache-2.0
#include "models/bus/bus_stats.h"

namespace tlmmu {

void BusOriginStats::describe(stats::Visitor& v) const {
  v.counter({"transactions", "transactions", "sent on this behalf"}, transactions);
  v.counter({"bytes", "bytes", "lengths of these transactions"}, bytes);
  v.time({"time", "ps", "spent in the router itself by transactions that somebody awaits"}, time);
  v.time({"posted_time", "ps", "spent there by posted transactions"}, posted_time);
}

void BusTargetStats::describe(stats::Visitor& v) const {
  v.counter({"transactions", "transactions", "passed on to this target"}, transactions);
  v.counter({"bytes", "bytes", "lengths of these transactions"}, bytes);
  v.counter({"errors", "transactions", "that this target answered with an error"}, errors);
}

void BusStats::describe(stats::Visitor& v) const {
  BusOriginStats sent;
  for (const auto& name : kOriginNames) {
    const BusOriginStats& origin = of(name.value);
    v.group(name.name, "what was sent on behalf of this origin", origin);
    sent.transactions += origin.transactions;
    sent.bytes += origin.bytes;
    sent.time += origin.time;
    sent.posted_time += origin.posted_time;
  }
  std::uint64_t arrived = decode_errors;
  std::uint64_t arrived_bytes = decode_error_bytes;
  for (const BusTargetStats& target : targets) {
    v.group(target.name, "what went to this target", target);
    arrived += target.transactions;
    arrived_bytes += target.bytes;
  }
  v.counter({"transactions", "transactions", "that entered the router"}, sent.transactions);
  v.counter({"bytes", "bytes", "lengths of all transactions"}, sent.bytes);
  v.time({"time", "ps", "spent in the router itself by transactions that somebody awaits"},
         sent.time);
  v.time({"posted_time", "ps", "spent there by posted transactions"}, sent.posted_time);
  v.counter({"decode_errors", "transactions", "to addresses that no target has"}, decode_errors);
  v.law("transactions in = transactions to targets + decode errors", sent.transactions, arrived);
  v.law("bytes in = bytes to targets + bytes of decode errors", sent.bytes, arrived_bytes);
  v.law("time + posted time = transactions * latency", (sent.time + sent.posted_time).value(),
        (latency * sent.transactions).value());
}

}  // namespace tlmmu
