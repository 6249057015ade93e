#include "ui/dialogs/key_sheet.h"

#include "ui/theme/theme.h"

#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QTreeWidget>

namespace timbre::ui {

QString plainActionText(const QString& menuText)
{
    QString text = menuText.section(QLatin1Char('\t'), 0, 0);
    text.replace(QLatin1String("&&"), QChar(QChar::Null));
    text.remove(QLatin1Char('&'));
    text.replace(QChar(QChar::Null), QLatin1String("&"));
    return text;
}

QString keysOfAction(const QAction& action)
{
    QStringList keys;
    for (const QKeySequence& sequence : action.shortcuts())
        keys << sequence.toString(QKeySequence::NativeText);
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

constexpr QSize kSize{560, 620};

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

std::vector<KeyEntry> keysOfViews()
{
    const QString tables = KeySheet::tr("In every table");
    const QString plots = KeySheet::tr("On a plot over time");
    const QString chips = KeySheet::tr("On a term of the filter");
    const QString filter = KeySheet::tr("In the filter bar");
    return {
        {tables, KeySheet::tr("J, K"), KeySheet::tr("Next, previous row")},
        {tables, KeySheet::tr("Space"), KeySheet::tr("Peek: the facts of the flow; follows the arrows")},
        {tables, KeySheet::tr("S"), KeySheet::tr("Sort by the current column; again: the other way")},
        {tables, KeySheet::tr("Menu"), KeySheet::tr("Filter by the cell, copy, choose columns")},
        {tables, KeySheet::tr("Enter"), KeySheet::tr("In the flow table: show the packets of the selected flows")},
        {plots, KeySheet::tr("Left, Right"), KeySheet::tr("Walk; with Shift: choose a range; with Ctrl: ten at once")},
        {plots, KeySheet::tr("Enter"), KeySheet::tr("Set the range, or look closer at it")},
        {plots, KeySheet::tr("Space"), KeySheet::tr("Select the flows that were alive then")},
        {plots, KeySheet::tr("Esc"), KeySheet::tr("Drop the range")},
        {plots, KeySheet::tr("0"), KeySheet::tr("Show everything again")},
        {plots, KeySheet::tr("Menu"), KeySheet::tr("Filter by the time, numbers as a table, picture")},
        {chips, KeySheet::tr("!"), KeySheet::tr("Negate")},
        {chips, KeySheet::tr("-"), KeySheet::tr("Switch off and on")},
        {chips, KeySheet::tr("P"), KeySheet::tr("Pin: it stays when another filter is chosen")},
        {chips, KeySheet::tr("Del"), KeySheet::tr("Remove")},
        {filter, KeySheet::tr("Enter"), KeySheet::tr("Apply")},
        {filter, KeySheet::tr("Down"), KeySheet::tr("Show completions")},
        {filter, KeySheet::tr("Tab"), KeySheet::tr("Take the completion")},
        {filter, KeySheet::tr("Esc"), KeySheet::tr("Back to the filter in force")},
    };
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
