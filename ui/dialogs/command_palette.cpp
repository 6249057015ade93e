#include "ui/dialogs/command_palette.h"

#include "ui/dialogs/key_sheet.h"
#include "ui/theme/theme.h"

#include <QtCore/QPointer>
#include <QtGui/QAction>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kDetailRole = Qt::UserRole;
constexpr int kWidth = 560;
constexpr int kRowsShown = 12;

/// The text at the left, where it comes from at the right.
class EntryDelegate : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, Theme::rowHeight(option.font)};
    }
    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const QString detail = index.data(kDetailRole).toString();
        const int width = option.fontMetrics.horizontalAdvance(detail) + 2 * Theme::kMargin;
        QStyledItemDelegate::paint(painter, option, index);
        painter->save();
        painter->setPen(option.palette.color(QPalette::PlaceholderText));
        painter->drawText(option.rect.adjusted(option.rect.width() - width, 0, -Theme::kMargin, 0),
                          Qt::AlignRight | Qt::AlignVCenter, detail);
        painter->restore();
    }

protected:
    void initStyleOption(QStyleOptionViewItem* option, const QModelIndex& index) const override
    {
        QStyledItemDelegate::initStyleOption(option, index);
        const int detail =
            option->fontMetrics.horizontalAdvance(index.data(kDetailRole).toString()) + 4 * Theme::kMargin;
        option->text = option->fontMetrics.elidedText(option->text, Qt::ElideMiddle, option->rect.width() - detail);
    }
};

void collect(const QMenu& menu, const QString& path, std::vector<PaletteEntry>& entries)
{
    for (QAction* action : menu.actions()) {
        const QString text = plainActionText(action->text());
        if (const QMenu* inner = action->menu<QMenu*>()) {
            collect(*inner, path + QStringLiteral(" › ") + text, entries);
            continue;
        }
        if (action->isSeparator() || !action->isEnabled())
            continue;
        const QString keys = keysOfAction(*action);
        entries.push_back(
            {text, keys.isEmpty() ? path : path + QStringLiteral("   ") + keys, [target = QPointer(action)] {
                 if (target)
                     target->trigger();
             }});
    }
}

} // namespace

std::vector<PaletteEntry> paletteEntriesOfMenus(const QList<QAction*>& menuBarActions)
{
    std::vector<PaletteEntry> entries;
    for (const QAction* action : menuBarActions) {
        if (const QMenu* menu = action->menu<QMenu*>())
            collect(*menu, plainActionText(action->text()), entries);
    }
    return entries;
}

int paletteScore(const QString& text, const QString& typed)
{
    constexpr int kInside = 10;
    constexpr int kAtWord = 30;
    constexpr int kAtBegin = 40;
    int score = 0;
    for (const QString& word : typed.split(QLatin1Char(' '), Qt::SkipEmptyParts)) {
        qsizetype at = text.indexOf(word, 0, Qt::CaseInsensitive);
        if (at < 0)
            return -1;
        int best = 0;
        for (; at >= 0; at = text.indexOf(word, at + 1, Qt::CaseInsensitive)) {
            const bool atWord = at == 0 || !text[at - 1].isLetterOrNumber();
            best = std::max(best, at == 0 ? kAtBegin : atWord ? kAtWord : kInside);
        }
        score += best;
    }
    constexpr qsizetype kLongest = 9;
    return score + static_cast<int>(kLongest - std::min(kLongest, text.size() / 8));
}

CommandPalette::CommandPalette(std::vector<PaletteEntry> entries, QWidget* parent)
    : QDialog(parent, Qt::Popup)
    , m_entries(std::move(entries))
    , m_line(new QLineEdit(this))
    , m_list(new QListWidget(this))
{
    setAttribute(Qt::WA_DeleteOnClose);
    setAccessibleName(tr("Commands"));
    m_line->setPlaceholderText(tr("What would you like to do? An action, a dock, a filter, a host …"));
    m_line->setAccessibleName(tr("Search commands"));
    m_line->setClearButtonEnabled(true);
    m_line->installEventFilter(this);
    m_list->setAccessibleName(tr("Commands that fit"));
    m_list->setItemDelegate(new EntryDelegate(m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setUniformItemSizes(true);
    m_list->setFocusPolicy(Qt::NoFocus); // the keyboard stays in the line
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_line);
    layout->addWidget(m_list);
    const int height = m_line->sizeHint().height() + kRowsShown * Theme::rowHeight(font()) + 4 * Theme::kMargin;
    resize(std::min(kWidth, parent->width() - 4 * Theme::kMargin), height);
    move(parent->mapToGlobal(QPoint((parent->width() - width()) / 2, parent->height() / 8)));
    connect(m_line, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_found.clear();
        refill();
        emit searchRequested(text.trimmed());
    });
    connect(m_list, &QListWidget::itemClicked, this, &CommandPalette::runCurrent);
    refill();
}

void CommandPalette::setFound(std::vector<PaletteEntry> found)
{
    m_found = std::move(found);
    refill();
}

void CommandPalette::addItem(const PaletteEntry& entry)
{
    auto* item = new QListWidgetItem(entry.text, m_list);
    item->setData(kDetailRole, entry.detail);
    item->setData(Qt::AccessibleTextRole, entry.text + QStringLiteral(", ") + entry.detail);
    item->setToolTip(entry.text);
    m_shown.push_back(entry.run);
}

void CommandPalette::refill()
{
    const QString typed = m_line->text();
    std::vector<std::pair<int, const PaletteEntry*>> fitting;
    for (const PaletteEntry& entry : m_entries) {
        if (const int score = paletteScore(entry.text, typed); score >= 0)
            fitting.emplace_back(typed.isEmpty() ? 0 : score, &entry);
    }
    std::ranges::stable_sort(fitting, std::ranges::greater(), [](const auto& scored) { return scored.first; });
    const int row = m_list->currentRow();
    m_list->clear();
    m_shown.clear();
    for (const auto& [score, entry] : fitting) {
        if (m_list->count() < kMaxShown)
            addItem(*entry);
    }
    for (const PaletteEntry& entry : m_found)
        addItem(entry);
    m_list->setCurrentRow(std::clamp(row, 0, std::max(0, m_list->count() - 1)));
}

void CommandPalette::runCurrent()
{
    const int row = m_list->currentRow();
    if (row < 0 || static_cast<std::size_t>(row) >= m_shown.size())
        return;
    const auto run = m_shown[static_cast<std::size_t>(row)];
    close(); // first: what is run may want the keyboard
    run();
}

void CommandPalette::paintEvent(QPaintEvent* event)
{
    QDialog::paintEvent(event);
    QPainter painter(this);
    painter.setPen(palette().color(QPalette::Mid));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

bool CommandPalette::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() != QEvent::KeyPress)
        return QDialog::eventFilter(watched, event);
    const auto* key = static_cast<QKeyEvent*>(event);
    const auto go = [this](int rows) {
        m_list->setCurrentRow(std::clamp(m_list->currentRow() + rows, 0, std::max(0, m_list->count() - 1)));
        return true;
    };
    switch (key->key()) {
    case Qt::Key_Down:
        return go(1);
    case Qt::Key_Up:
        return go(-1);
    case Qt::Key_PageDown:
        return go(kRowsShown - 1);
    case Qt::Key_PageUp:
        return go(1 - kRowsShown);
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent();
        return true;
    default:
        return QDialog::eventFilter(watched, event);
    }
}

} // namespace timbre::ui
