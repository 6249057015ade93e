#include "ui/focus/focus.h"

#include "ui/models/flow_columns.h"

#include <algorithm>

namespace timbre::ui {

Focus::Focus(QObject* parent)
    : QObject(parent)
{
    qRegisterMetaType<FocusParts>();
}

void Focus::setCapture(pipeline::CaptureId id)
{
    if (id == m_state.capture)
        return;
    if (m_state.capture != 0)
        m_kept[m_state.capture] = {m_state, std::move(m_undo), std::move(m_redo)};
    m_undo.clear();
    m_redo.clear();
    const FocusState before = m_state;
    clearState();
    if (const auto kept = m_kept.find(id); kept != m_kept.end()) {
        m_state = std::move(kept->second.state);
        m_undo = std::move(kept->second.undo);
        m_redo = std::move(kept->second.redo);
        m_kept.erase(kept);
    }
    m_state.capture = id;
    m_state.arrangement = before.arrangement;
    m_state.columns = before.columns;
    m_sinceStep.invalidate();
    emit changed(
        FocusParts::fromInt(kAllFocusParts & ~(FocusPart::Zone | FocusPart::Arrangement | FocusPart::Columns)));
    emit historyChanged();
}

void Focus::forget(pipeline::CaptureId id)
{
    m_kept.erase(id);
    if (m_state.capture != id)
        return;
    m_undo.clear();
    m_redo.clear();
    clearState();
    emit changed(
        FocusParts::fromInt(kAllFocusParts & ~(FocusPart::Zone | FocusPart::Arrangement | FocusPart::Columns)));
    emit historyChanged();
}

void Focus::setFilter(const QString& text)
{
    const QString trimmed = text.trimmed();
    if (trimmed == m_state.filter)
        return;
    record(FocusPart::Filter, trimmed.isEmpty() ? tr("clear the filter") : tr("filter: %1").arg(trimmed));
    m_state.filter = trimmed;
    m_state.pinnedTerms = inFilter(m_state.pinnedTerms);
    emit changed(FocusPart::Filter);
}

// Brackets come and go with a term's neighbours.
static bool sameTerm(const query::Term& a, const query::Term& b)
{
    return a.text == b.text && a.negated == b.negated && a.off == b.off;
}

static bool holds(const std::vector<query::Term>& terms, const query::Term& wanted)
{
    return std::ranges::any_of(terms, [&](const query::Term& term) { return sameTerm(term, wanted); });
}

void Focus::replaceFilter(const QString& text)
{
    std::string joined;
    for (const query::Term& term : m_state.pinnedTerms)
        joined = query::combine(joined, term.whole, query::Combine::And);
    for (const query::Term& term : query::termsOf(text.toStdString())) {
        if (!holds(m_state.pinnedTerms, term))
            joined = query::combine(joined, term.whole, query::Combine::And);
    }
    setFilter(QString::fromStdString(joined));
}

std::vector<query::Term> Focus::inFilter(const std::vector<query::Term>& terms) const
{
    std::vector<query::Term> found;
    if (terms.empty())
        return found;
    for (const query::Term& term : query::termsOf(m_state.filter.toStdString())) {
        if (holds(terms, term))
            found.push_back(term);
    }
    return found;
}

bool Focus::isPinned(const query::Term& term) const
{
    return holds(m_state.pinnedTerms, term);
}

void Focus::setPinnedTerms(const std::vector<query::Term>& terms)
{
    std::vector<query::Term> found = inFilter(terms);
    if (found == m_state.pinnedTerms)
        return;
    record(FocusPart::Filter, tr("pinned terms of the filter"));
    m_state.pinnedTerms = std::move(found);
    emit changed(FocusPart::Filter);
}

void Focus::setRange(std::optional<TimeRange> range)
{
    if (range == m_state.range)
        return;
    record(FocusPart::Range,
           range ? tr("range %1 – %2").arg(formatTime(range->begin, 3, true), formatTime(range->end, 3, true))
                 : tr("whole capture"));
    m_state.range = range;
    emit changed(FocusPart::Range);
}

void Focus::setOrder(const RowOrder& order)
{
    if (order == m_state.order)
        return;
    const QString field = fieldTitle(order.field);
    record(FocusPart::Order, order.descending ? tr("sort by %1, descending").arg(field) : tr("sort by %1").arg(field));
    m_state.order = order;
    emit changed(FocusPart::Order);
}

// A selection may hold every flow of a capture in the order of a sorted table. Marking and collecting a million takes a
// few milliseconds where sorting them would hold the window up.
static void makeAscending(std::vector<std::uint32_t>& flows)
{
    constexpr auto notAscending = [](std::uint32_t a, std::uint32_t b) { return a >= b; };
    if (std::adjacent_find(flows.begin(), flows.end(), notAscending) == flows.end())
        return;
    std::vector<bool> marked(*std::max_element(flows.begin(), flows.end()) + std::size_t{1});
    for (const std::uint32_t flow : flows)
        marked[flow] = true;
    flows.clear();
    for (std::size_t flow = 0; flow < marked.size(); ++flow) {
        if (marked[flow])
            flows.push_back(static_cast<std::uint32_t>(flow));
    }
}

void Focus::setSelection(std::vector<std::uint32_t> flows, std::uint32_t current)
{
    makeAscending(flows);
    FlowSelection next{std::move(flows), current};
    if (next == m_state.selection)
        return;
    m_state.selection = std::move(next);
    emit changed(FocusPart::Selection);
}

void Focus::setZone(Zone zone)
{
    if (zone == m_zone)
        return;
    m_zone = zone;
    emit changed(FocusPart::Zone);
}

void Focus::clearState()
{
    FocusState next;
    next.arrangement = m_state.arrangement;
    next.columns = std::move(m_state.columns);
    m_state = std::move(next);
}

void Focus::setColumns(const QStringList& columns)
{
    if (columns == m_state.columns)
        return;
    record(FocusPart::Columns, tr("columns of the flow table"));
    m_state.columns = columns;
    emit changed(FocusPart::Columns);
}

void Focus::setArrangement(Arrangement arrangement)
{
    if (arrangement == m_state.arrangement)
        return;
    record(FocusPart::Arrangement, tr("another arrangement of the docks"));
    m_state.arrangement = arrangement;
    emit changed(FocusPart::Arrangement);
}

void Focus::record(FocusPart part, const QString& text)
{
    const bool merge = !m_undo.empty() && m_undo.back().part == part && m_redo.empty() && m_sinceStep.isValid() &&
                       m_sinceStep.elapsed() < kMergeMs;
    m_sinceStep.start();
    m_redo.clear();
    if (merge) {
        m_undo.back().text = text; // the state before the first of the quick changes stays
    } else {
        Step step{part, m_state, text};
        step.before.selection = {}; // not part of a step, and possibly large
        m_undo.push_back(std::move(step));
        if (m_undo.size() > kMaxSteps)
            m_undo.erase(m_undo.begin());
    }
    emit historyChanged();
}

void Focus::restore(std::vector<Step>& from, std::vector<Step>& to)
{
    if (from.empty())
        return;
    Step step = std::move(from.back());
    from.pop_back();
    Step back{step.part, m_state, step.text};
    back.before.selection = {};
    to.push_back(std::move(back));
    m_sinceStep.invalidate();

    FocusParts parts;
    parts.setFlag(FocusPart::Filter,
                  m_state.filter != step.before.filter || m_state.pinnedTerms != step.before.pinnedTerms);
    parts.setFlag(FocusPart::Range, m_state.range != step.before.range);
    parts.setFlag(FocusPart::Order, m_state.order != step.before.order);
    parts.setFlag(FocusPart::Arrangement, m_state.arrangement != step.before.arrangement);
    parts.setFlag(FocusPart::Columns, m_state.columns != step.before.columns);
    m_state.filter = step.before.filter;
    m_state.pinnedTerms = step.before.pinnedTerms;
    m_state.range = step.before.range;
    m_state.order = step.before.order;
    m_state.arrangement = step.before.arrangement;
    m_state.columns = step.before.columns;
    emit changed(parts);
    emit historyChanged();
}

void Focus::undo()
{
    restore(m_undo, m_redo);
}

void Focus::redo()
{
    restore(m_redo, m_undo);
}

static QStringList textsNewestFirst(const auto& steps)
{
    QStringList texts;
    std::for_each(steps.rbegin(), steps.rend(), [&](const auto& step) { texts << step.text; });
    return texts;
}

QStringList Focus::undoTexts() const
{
    return textsNewestFirst(m_undo);
}

QStringList Focus::redoTexts() const
{
    return textsNewestFirst(m_redo);
}

QString Focus::formatTime(Timestamp time, int decimals, bool timeOnly) const
{
    const QString text =
        QString::fromStdString(pipeline::formatTime(time, m_zone, static_cast<unsigned>(std::clamp(decimals, 0, 9))));
    constexpr qsizetype kDateLength = 11; // "2026-11-21 "
    return timeOnly ? text.mid(kDateLength) : text;
}

QString Focus::zoneName(Timestamp time) const
{
    return QString::fromStdString(pipeline::zoneLabel(time, m_zone));
}

} // namespace timbre::ui
