#pragma once

// The keys of one view: what is pressed, what it does and what the key sheet says of it stand in one place, so that the
// sheet cannot be out of date. A view makes one and hands it the keys it gets. GUI thread only.

#include <QtCore/QObject>
#include <QtGui/QKeySequence>

#include <functional>
#include <vector>

class QKeyEvent;
class QWidget;

namespace timbre::ui {

class ViewKeys : public QObject {
    Q_OBJECT

public:
    struct Key {
        QList<QKeySequence> keys; // any of them
        QString text;             // for the sheet
        /// False: not now, the view itself is to see the key. Empty: the view or the toolkit does it in any case.
        std::function<bool(const QKeyEvent&)> act;
    };

    /// `group`: the sheet's heading. Owned by the view.
    ViewKeys(QString group, QWidget& view);

    void add(QList<QKeySequence> keys, QString text, std::function<bool(const QKeyEvent&)> act = {});
    /// For what is always possible.
    void addAct(QList<QKeySequence> keys, QString text, std::function<void()> act);
    /// True when one of the keys was pressed and something was done.
    [[nodiscard]] bool press(const QKeyEvent& event) const;
    /// True when the view has a use for the key, so that no shortcut of the window may take it.
    [[nodiscard]] bool knows(const QKeyEvent& event) const;

    [[nodiscard]] const QString& group() const { return m_group; }
    [[nodiscard]] const std::vector<Key>& keys() const { return m_keys; }

private:
    QString m_group;
    std::vector<Key> m_keys;
};

/// What every table and list of the window does with its keys.
struct TableKeyActs {
    std::function<void(int rows)> move;
    std::function<void()> peek;
    std::function<bool()> closePeek; // false: it was not open
    std::function<void()> sort;
    std::function<void()> copy;
};
void addTableKeys(ViewKeys& keys, const TableKeyActs& acts);
[[nodiscard]] QString tableKeyGroup();

} // namespace timbre::ui
