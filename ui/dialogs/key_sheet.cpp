#include "ui/dialogs/key_sheet.h"

#include "ui/docks/dock.h"
#include "ui/keys/view_keys.h"
#include "ui/theme/theme.h"

#include <QtCore/QHash>
#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTreeWidget>

#include <algorithm>

namespace timbre::ui {

QString plainActionText(const QString& menuText)
{
    QString text = menuText.section(QLatin1Char('\t'), 0, 0);
    text.replace(QLatin1String("&&"), QChar(QChar::Null));
    text.remove(QLatin1Char('&'));
    text.replace(QChar(QChar::Null), QLatin1String("&"));
    return text;
}

static QString textOf(const QList<QKeySequence>& sequences)
{
    QStringList keys;
    for (const QKeySequence& sequence : sequences)
        keys << sequence.toString(QKeySequence::NativeText);
    keys.removeDuplicates(); // Return and Enter may have one name
    return keys.join(QStringLiteral(", "));
}

QString keysOfAction(const QAction& action)
{
    QStringList keys;
    if (!action.shortcuts().isEmpty())
        keys << textOf(action.shortcuts());
    const QString shown = action.text().section(QLatin1Char('\t'), 1, 1); // keys that a view handles by itself
    if (!shown.isEmpty())
        keys << shown;
    return keys.join(QStringLiteral(", "));
}

namespace {

void collect(const QMenu& menu, const QString& group, std::vector<KeyEntry>& entries)
{
    for (const QAction* action : menu.actions()) {
        if (const QMenu* inner = action->menu<QMenu*>())
            collect(*inner, group, entries);
        else if (const QString keys = keysOfAction(*action); !keys.isEmpty())
            entries.push_back({group, keys, plainActionText(action->text())});
    }
}

/// Each group in one piece, those that most views listen to first.
std::vector<KeyEntry> grouped(std::vector<KeyEntry> entries, const QHash<QString, int>& listeners)
{
    QStringList order;
    for (const KeyEntry& entry : entries) {
        if (!order.contains(entry.group))
            order << entry.group;
    }
    std::ranges::stable_sort(order, std::ranges::greater(), [&](const QString& group) { return listeners[group]; });
    std::ranges::stable_sort(entries, {}, [&order](const KeyEntry& entry) { return order.indexOf(entry.group); });
    return entries;
}

constexpr QSize kSize{720, 620}; // four keys with their modifiers stand beside a sentence

} // namespace

std::vector<KeyEntry> keysOfMenus(const QList<QAction*>& menuBarActions)
{
    std::vector<KeyEntry> entries;
    for (const QAction* action : menuBarActions) {
        if (const QMenu* menu = action->menu<QMenu*>())
            collect(*menu, plainActionText(action->text()), entries);
    }
    return entries;
}

std::vector<KeyEntry> keysOfViews(const QWidget& window)
{
    std::vector<KeyEntry> entries;
    const auto add = [&entries](const KeyEntry& entry) { // many views of a kind say the same
        if (std::ranges::find(entries, entry) == entries.end())
            entries.push_back(entry);
    };
    QHash<QString, int> listeners;
    for (const ViewKeys* keys : window.findChildren<ViewKeys*>()) {
        ++listeners[keys->group()];
        for (const ViewKeys::Key& key : keys->keys())
            add({keys->group(), textOf(key.keys), key.text});
    }
    for (const Dock* dock : window.findChildren<Dock*>()) {
        for (const QAction* action : dock->findChildren<QAction*>()) {
            if (!action->shortcuts().isEmpty() && action->shortcutContext() != Qt::WindowShortcut)
                add({dock->facts().title, textOf(action->shortcuts()), plainActionText(action->text())});
        }
    }
    return grouped(std::move(entries), listeners);
}

KeySheet::KeySheet(const std::vector<KeyEntry>& entries, QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    auto* tree = new QTreeWidget(this);
    tree->setColumnCount(2);
    tree->setHeaderLabels({tr("What"), tr("Keys")});
    tree->setRootIsDecorated(false);
    tree->setAccessibleName(tr("Keys"));
    const QSize rowSize(0, Theme::rowHeight(tree->font())); // by itself a row cuts the dots of Ä, Ö and Ü
    QTreeWidgetItem* group = nullptr;
    for (const KeyEntry& entry : entries) {
        if (group == nullptr || group->text(0) != entry.group) {
            group = new QTreeWidgetItem(tree, {entry.group});
            QFont bold = tree->font();
            bold.setBold(true);
            group->setFont(0, bold);
            group->setSizeHint(0, rowSize);
        }
        auto* row = new QTreeWidgetItem(group, {entry.text, entry.keys});
        row->setSizeHint(0, rowSize);
    }
    tree->expandAll();
    tree->header()->setSectionResizeMode(0, QHeaderView::Stretch);
    tree->header()->setStretchLastSection(false);
    tree->header()->setSectionResizeMode(1, QHeaderView::ResizeToContents);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(tree, 1);
    layout->addWidget(buttons);
    resize(kSize);
}

} // namespace timbre::ui
