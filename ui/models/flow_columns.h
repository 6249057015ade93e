#pragma once

// The columns a flow table can show, as one list: which field each stands for (that is what it sorts and filters by),
// how it is aligned and cut, and how wide it starts. The order here is the order a new user sees.

#include "engine/query/fields.h"

#include <QtCore/QString>

#include <span>

namespace timbre::ui {

enum class FlowColumn : int {
    Protocol, // shape of the state and protocol
    Client,
    Server,
    Service,
    Host,
    Timeline, // a bar over the capture's time
    BytesUp,
    BytesDown,
    RateNow, // while the capture is live
    Duration,
    PacketsUp,
    PacketsDown,
    Rate,
    RoundTrip,
    Retransmissions,
    Entropy,
    Resonance,
    Mask,
    Tunnel,
    FirstPacket,
    Start,
    End,
    State,
    EndReason,
    History,
    Packets,
    Bytes,
    Payload,
    Wire,
    OutOfOrder,
    ZeroWindows,
    ServerName,
    HttpHost,
    App,
    Ttl,
    Vlan,
    Interface,
    OuterFlow,
    Number,
    Ja4,
    Ja3,
    UserAgent,
    TokenHash,
    AnomalyKind,
    EntityRisk,
    NumColumns
};
inline constexpr int kFlowColumns = static_cast<int>(FlowColumn::NumColumns);

struct FlowColumnInfo {
    FlowColumn column = FlowColumn::NumColumns;
    query::Field field = query::Field::Count;
    const char* id = "";      // kept in settings: never rename
    const char* title = "";   // empty: the field's
    const char* sample = "0"; // as wide as most values: the first width
    bool right = false;       // numbers
    bool fixed = false;       // addresses
    bool elideMiddle = false;
    bool shown = false; // at first
};

/// In the order of the enum.
[[nodiscard]] std::span<const FlowColumnInfo> flowColumns();
[[nodiscard]] const FlowColumnInfo& columnInfo(FlowColumn column);
[[nodiscard]] QString columnTitle(FlowColumn column);
/// The title of the first column that shows the field; the field's own, in English, where no column does.
[[nodiscard]] QString fieldTitle(query::Field field);
/// What the field means, for the header's tooltip and the column menu.
[[nodiscard]] QString columnHelp(FlowColumn column);

} // namespace timbre::ui
