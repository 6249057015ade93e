#pragma once

// A thing an analyst may write a note about, as docks offer it and the note's dialog shows it.

#include "engine/store/note.h"

#include <QtCore/QString>

namespace timbre::ui {

struct NoteChoice {
    QString name;     // "Recording video call"
    store::Note note; // without words yet
};

} // namespace timbre::ui
