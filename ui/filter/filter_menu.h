#pragma once

// The one menu that makes a filter out of a thing on screen (a cell, a bar, an axis label, a legend entry, a chip): the
// same entries in the same order with the same keys everywhere. And what a filter looks like in other programs' words.

#include "ui/focus/focus.h"

class QMenu;

namespace timbre::ui {

/// Adds Apply, Prepare, And, And not and Copy as filter for `term`. Requires: `term` compiles; `menu` and `focus`
/// outlive its use.
void addFilterActions(QMenu& menu, Focus& focus, const QString& term);
/// Adds what copies `filter` as a filter of other programs, the SQL for the capture with this path; those that have no
/// words for it are greyed and say so.
void addFilterCopies(QMenu& menu, const QString& filter, const std::string& path);

/// Finds the flows that were alive in the stretch.
[[nodiscard]] QString activeDuringTerm(const TimeRange& stretch);
/// Finds these flows by their numbers. Requires: at least one, at most kMostFlowsInTerm.
[[nodiscard]] QString flowsTerm(const std::vector<std::uint32_t>& flows);
inline constexpr std::size_t kMostFlowsInTerm = 100;

} // namespace timbre::ui
