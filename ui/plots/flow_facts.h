#pragma once

// What is known of one flow, as words: plain facts, and those that exist once per side. The Flow dock shows them; each
// may carry the filter that finds flows alike. No widgets here.

#include "engine/flow/flow_snapshot.h"
#include "ui/focus/focus.h"

#include <QtCore/QString>

#include <vector>

namespace timbre::ui {

struct Fact {
    QString name;
    QString value;
    QString exact;  // in full, for the tooltip and copies; empty: the value is exact
    QString filter; // finds flows with this value; empty: there is none
    bool fixedFont = false;
};

/// A row with a column for the initiator and one for the responder.
struct SideFact {
    QString name;
    QString up;
    QString down;
    QString exactUp;
    QString exactDown;
};

/// Only facts that are there: nothing is shown for what is not known.
[[nodiscard]] std::vector<Fact> factsOf(const flow::FlowSnapshot& flows, const flow::FlowRecord& record,
                                        const Focus& focus);
[[nodiscard]] std::vector<SideFact> sideFacts(const flow::FlowRecord& record);
/// "10.0.0.1:40000 → 192.0.2.1:443"
[[nodiscard]] QString flowTitle(const flow::FlowRecord& record);
/// "TCP, established", "UDP, ended: idle"
[[nodiscard]] QString flowKind(const flow::FlowRecord& record);

} // namespace timbre::ui
