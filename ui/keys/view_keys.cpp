#include "ui/keys/view_keys.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QWidget>

#include <algorithm>

namespace timbre::ui {

namespace {

/// Keyboards differ in how ! and - are reached, and whether Enter is one of the block of digits.
QKeySequence pressedKeys(const QKeyEvent& event)
{
    Qt::KeyboardModifiers modifiers = event.modifiers() & ~Qt::KeypadModifier;
    const int key = event.key();
    const bool isSign = key > Qt::Key_Space && key < Qt::Key_BraceLeft && (key < Qt::Key_A || key > Qt::Key_Z);
    if (isSign)
        modifiers &= ~Qt::ShiftModifier;
    return {QKeyCombination(modifiers, static_cast<Qt::Key>(key))};
}

} // namespace

ViewKeys::ViewKeys(QString group, QWidget& view)
    : QObject(&view)
    , m_group(std::move(group))
{
}

void ViewKeys::add(QList<QKeySequence> keys, QString text, std::function<bool(const QKeyEvent&)> act)
{
    m_keys.push_back({std::move(keys), std::move(text), std::move(act)});
}

void ViewKeys::addAct(QList<QKeySequence> keys, QString text, std::function<void()> act)
{
    add(std::move(keys), std::move(text), [act = std::move(act)](const QKeyEvent&) {
        act();
        return true;
    });
}

bool ViewKeys::press(const QKeyEvent& event) const
{
    const QKeySequence pressed = pressedKeys(event);
    return std::ranges::any_of(m_keys,
                               [&](const Key& key) { return key.act && key.keys.contains(pressed) && key.act(event); });
}

bool ViewKeys::knows(const QKeyEvent& event) const
{
    const QKeySequence pressed = pressedKeys(event);
    return std::ranges::any_of(m_keys, [&](const Key& key) { return key.act && key.keys.contains(pressed); });
}

QString tableKeyGroup()
{
    return QCoreApplication::translate("timbre::ui", "In every table");
}

void addTableKeys(ViewKeys& keys, const TableKeyActs& acts)
{
    const auto words = [](const char* text) { return QCoreApplication::translate("timbre::ui", text); };
    keys.addAct({Qt::Key_J}, words(QT_TRANSLATE_NOOP("timbre::ui", "Next row")), [move = acts.move] { move(1); });
    keys.addAct({Qt::Key_K}, words(QT_TRANSLATE_NOOP("timbre::ui", "Previous row")), [move = acts.move] { move(-1); });
    keys.addAct(
        {Qt::Key_Space},
        words(QT_TRANSLATE_NOOP("timbre::ui", "Peek: the flow of the row, or the row spelled out; follows the arrows")),
        acts.peek);
    keys.add({Qt::Key_Escape}, words(QT_TRANSLATE_NOOP("timbre::ui", "Close Peek")),
             [close = acts.closePeek](const QKeyEvent&) { return close(); });
    if (acts.sort)
        keys.addAct({Qt::Key_S},
                    words(QT_TRANSLATE_NOOP("timbre::ui", "Sort by the current column; again: the other way")),
                    acts.sort);
    keys.addAct(QKeySequence::keyBindings(QKeySequence::Copy), words(QT_TRANSLATE_NOOP("timbre::ui", "Copy the rows")),
                acts.copy);
    keys.add({Qt::Key_Menu}, words(QT_TRANSLATE_NOOP("timbre::ui", "Filter by the cell, copy, choose columns")));
}

} // namespace timbre::ui
