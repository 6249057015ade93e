#pragma once

// What the whole window looks at: one capture, and for each capture one filter, one time range, one order of rows and
// one selection. Every dock reads it here and changes it here, so all docks always agree; each change is a step that
// can be undone. A dock asks Dock::focusState() rather than Focus, because a pinned dock keeps its own copy. GUI thread
// only.

#include "engine/flow/flow_record.h"
#include "engine/pipeline/capture_snapshot.h"
#include "engine/pipeline/text_format.h"
#include "engine/query/fields.h"
#include "engine/query/terms.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QObject>
#include <QtCore/QStringList>

#include <optional>
#include <unordered_map>
#include <vector>

namespace timbre::ui {

enum class FocusPart : std::uint8_t {
    Capture = 1, // another capture; everything else may differ too
    Filter = 2,
    Range = 4,
    Order = 8,
    Selection = 16,
    Zone = 32,        // UTC or local: texts of times change
    Arrangement = 64, // of the docks: for the window alone
    Columns = 128,    // of the flow table: for its dock alone
};
Q_DECLARE_FLAGS(FocusParts, FocusPart)
Q_DECLARE_OPERATORS_FOR_FLAGS(FocusParts)
inline constexpr FocusParts kAllFocusParts = FocusParts::fromInt(0xff);

/// Which of the arrangements of docks is shown.
enum class Arrangement : std::uint8_t { Inspect, Record, Voice, Trends };
inline constexpr std::size_t kArrangements = 4;

/// How rows of flows are ordered.
struct RowOrder {
    query::Field field = query::Field::Index;
    bool descending = false;
    bool operator==(const RowOrder&) const = default;
};

/// Flows, by their index in the capture's list (never by row number).
struct FlowSelection {
    std::vector<std::uint32_t> flows;      // ascending; capped by nothing, shared by all docks
    std::uint32_t current = flow::kNoFlow; // the one the Flow dock describes
    bool operator==(const FlowSelection&) const = default;
};

struct FocusState {
    pipeline::CaptureId capture = 0;      // 0: nothing is open
    QString filter;                       // the last text that compiled; empty: all flows
    std::vector<query::Term> pinnedTerms; // of the filter: another filter does not take them away
    std::optional<TimeRange> range;       // none: the whole capture
    RowOrder order;
    FlowSelection selection;
    Arrangement arrangement = Arrangement::Inspect; // one for all captures, like the columns
    QStringList columns;                            // of the flow table, as FlowsColumns writes them
};

class Focus : public QObject {
    Q_OBJECT

public:
    using Zone = pipeline::Zone;
    static constexpr std::size_t kMaxSteps = 100;
    static constexpr std::int64_t kMergeMs = 800; // changes of the same part closer than this are one step

    explicit Focus(QObject* parent = nullptr);

    [[nodiscard]] const FocusState& state() const { return m_state; }
    [[nodiscard]] Zone zone() const { return m_zone; }

    /// Each capture remembers its own filter, range, order, selection and steps.
    void setCapture(pipeline::CaptureId id);
    /// Forgets what was kept for a capture that left the workspace.
    void forget(pipeline::CaptureId id);

    /// Requires: `text` compiles (the filter bar and the menus see to that).
    void setFilter(const QString& text);
    /// As setFilter, but terms that are pinned stay. For filters chosen from something on screen, not for typed ones.
    void replaceFilter(const QString& text);
    /// Terms that do not stand in the filter are left out.
    void setPinnedTerms(const std::vector<query::Term>& terms);
    [[nodiscard]] bool isPinned(const query::Term& term) const;
    void setRange(std::optional<TimeRange> range);
    void setOrder(const RowOrder& order);
    /// Not a step of undo. `flows` need not be sorted.
    void setSelection(std::vector<std::uint32_t> flows, std::uint32_t current);
    void setZone(Zone zone);
    void setArrangement(Arrangement arrangement);
    void setColumns(const QStringList& columns);
    /// As the window starts; no steps of undo.
    void startWith(Arrangement arrangement) { m_state.arrangement = arrangement; }
    void startWith(const QStringList& columns) { m_state.columns = columns; }

    /// Filter, range, order, columns and arrangement as they were a step ago.
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const { return !m_undo.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_redo.empty(); }
    /// What undo would take back, newest first, in words: "filter: dns", "range", "sort by bytes, descending".
    [[nodiscard]] QStringList undoTexts() const;
    [[nodiscard]] QStringList redoTexts() const;

    /// "2026-11-21 09:15:02.123456" in the chosen zone, `decimals` of 0 … 9; without the date when `timeOnly`.
    [[nodiscard]] QString formatTime(Timestamp time, int decimals = 6, bool timeOnly = false) const;
    /// "UTC", or the offset of local time at that moment: "+02:00".
    [[nodiscard]] QString zoneName(Timestamp time) const;

signals:
    /// Once per change, after all getters give the new values.
    void changed(timbre::ui::FocusParts parts);
    void historyChanged();
    /// A filter to be looked at before it is applied: for the filter bar.
    void filterPrepared(const QString& text);

private:
    struct Step {
        FocusPart part = FocusPart::Filter;
        FocusState before;
        QString text;
    };
    struct Kept {
        FocusState state;
        std::vector<Step> undo;
        std::vector<Step> redo;
    };

    /// Nothing chosen, but for what all captures share.
    void clearState();
    [[nodiscard]] std::vector<query::Term> inFilter(const std::vector<query::Term>& terms) const;
    void record(FocusPart part, const QString& text);
    void restore(std::vector<Step>& from, std::vector<Step>& to);

    FocusState m_state;
    Zone m_zone = Zone::Utc;
    std::vector<Step> m_undo;
    std::vector<Step> m_redo;
    QElapsedTimer m_sinceStep;
    std::unordered_map<pipeline::CaptureId, Kept> m_kept;
};

} // namespace timbre::ui
