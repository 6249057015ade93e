#pragma once

// The one menu that makes a filter out of a thing on screen (a cell, an axis label, a legend entry): the same entries
// in the same order with the same keys everywhere.

#include "ui/focus/focus.h"

class QMenu;

namespace timbre::ui {

/// Adds Apply, And, And not and Copy as filter for `term`. Requires: `term` compiles; `menu` and `focus` outlive its
/// use.
void addFilterActions(QMenu& menu, Focus& focus, const QString& term);

} // namespace timbre::ui
