#include "ui/filter/filter_bar.h"

#include "ui/dialogs/saved_filters_dialog.h"
#include "ui/filter/filter_edit.h"
#include "ui/filter/saved_filters.h"
#include "ui/models/format.h"

#include <QtCore/QEvent>
#include <QtGui/QAction>
#include <QtGui/QPainter>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QMenu>
#include <QtWidgets/QStyledItemDelegate>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kListRows = 10;
constexpr int kListWidth = 440;
constexpr int kValuesCounted = 20;

constexpr int kDetailRole = Qt::UserRole + 1;

/// What would be inserted on the left, what is known of it on the right.
class CompletionDelegate : public QStyledItemDelegate {
public:
    CompletionDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {0, Theme::rowHeight(option.font)};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        if (option.state.testFlag(QStyle::State_Selected))
            painter->fillRect(option.rect, m_theme.color(Role::Selection));
        const QRect box = option.rect.adjusted(6, 0, -6, 0);
        const QString text = index.data(Qt::UserRole).toString();
        painter->setPen(m_theme.color(Role::Text));
        painter->drawText(box, Qt::AlignLeft | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(text, Qt::ElideRight, box.width()));
        const int left = std::max(0, box.width() - option.fontMetrics.horizontalAdvance(text) - 2 * Theme::kMargin);
        painter->setPen(m_theme.color(Role::Muted));
        painter->drawText(box, Qt::AlignRight | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data(kDetailRole).toString(), Qt::ElideRight, left));
    }

private:
    const Theme& m_theme;
};

QString escaped(QString text)
{
    return text.replace(QLatin1Char('&'), QLatin1String("&&"));
}

constexpr qsizetype kLongestShown = 80;

QString elided(const QString& text)
{
    return text.size() > kLongestShown ? text.left(kLongestShown) + QChar(0x2026) : text;
}

/// Positions in UTF-8 bytes, as the query room counts, to positions in the line's text.
qsizetype toCharacters(const QByteArray& utf8, std::size_t bytes)
{
    return QString::fromUtf8(utf8.left(static_cast<qsizetype>(bytes))).size();
}

} // namespace

FilterBar::FilterBar(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_bridge(bridge)
    , m_focus(focus)
    , m_theme(theme)
    , m_query(new FlowQueryBridge(this))
    , m_edit(new FilterEdit(theme, this))
    , m_history(new QToolButton(this))
    , m_error(new QLabel(this))
    , m_list(new QListWidget(this))
{
    m_edit->setPlaceholderText(tr("Filter flows: host, address, port == 443 and flow.bytes > 1MB …"));
    m_edit->setAccessibleName(tr("Filter"));
    m_icon = m_edit->addAction(QIcon(), QLineEdit::LeadingPosition);
    m_clear = m_edit->addAction(QIcon(), QLineEdit::TrailingPosition);
    m_clear->setToolTip(tr("Clear the filter"));
    m_clear->setVisible(false);
    m_history->setAutoRaise(true);
    m_history->setToolTip(tr("Filters saved and used before"));
    m_history->setAccessibleName(m_history->toolTip());
    auto* layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_history);
    m_error->hide();
    m_error->setAutoFillBackground(true);
    m_error->setMargin(Theme::kGrid);
    m_error->setFrameShape(QFrame::StyledPanel);
    m_list->hide();
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setFrameStyle(QFrame::Box | QFrame::Plain);
    m_list->setUniformItemSizes(true);
    m_list->setItemDelegate(new CompletionDelegate(theme, m_list));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setAccessibleName(tr("Completions"));
    m_applyLater.setSingleShot(true);
    m_errorLater.setSingleShot(true);
    m_edit->installEventFilter(this);

    connect(m_edit, &QLineEdit::textEdited, this, &FilterBar::textEdited);
    connect(m_edit, &QLineEdit::textChanged, this,
            [this](const QString& text) { m_clear->setVisible(!text.isEmpty()); });
    connect(m_edit, &QLineEdit::returnPressed, this, [this] {
        if (m_list->isVisible() && m_list->currentRow() >= 0)
            acceptCompletion();
        else
            apply(true);
    });
    connect(m_edit, &FilterEdit::listMoved, this, &FilterBar::moveInCompletions);
    connect(m_edit, &FilterEdit::listAccepted, this, &FilterBar::acceptCompletion);
    connect(m_edit, &FilterEdit::listClosed, this, &FilterBar::hideCompletions);
    connect(m_edit, &FilterEdit::listWanted, this, [this] { showCompletions(true); });
    connect(m_edit, &FilterEdit::escaped, this, [this] {
        m_applyLater.stop();
        m_edit->setText(m_focus.state().filter);
        hideError();
        emit left();
    });
    connect(m_clear, &QAction::triggered, this, [this] {
        m_edit->clear();
        apply(true);
    });
    connect(m_history, &QToolButton::clicked, this, &FilterBar::showMenu);
    connect(m_list, &QListWidget::itemClicked, this, &FilterBar::acceptCompletion);
    connect(&m_applyLater, &QTimer::timeout, this, [this] { apply(false); });
    connect(&m_errorLater, &QTimer::timeout, this, [this] {
        const auto compiled = query::Filter::compile(m_edit->text().toStdString());
        if (compiled.error && m_list->isHidden()) // with completions on screen the analyst is still at it
            showError(*compiled.error);
    });
    connect(&focus, &Focus::changed, this, &FilterBar::followFocus);
    connect(&focus, &Focus::filterPrepared, this, &FilterBar::prepare);
    connect(&theme, &Theme::changed, this, &FilterBar::themeChanged);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        const SnapshotPtr snapshot = m_bridge.snapshot(id);
        if (id == m_focus.state().capture && snapshot && snapshot->phase == pipeline::Phase::Finished)
            m_completion.forgetValues(); // counted while the capture grew
    });
    connect(m_query, &FlowQueryBridge::valuesCounted, this, [this](const pipeline::ValueCountsResult& result) {
        m_completion.takeValues(result);
        m_counting = query::Field::Count;
        if (m_list->isVisible() || m_edit->hasFocus())
            showCompletions(false);
    });
    themeChanged();
}

void FilterBar::activate()
{
    m_edit->setFocus(Qt::ShortcutFocusReason);
    m_edit->selectAll();
}

// Not applied: the analyst goes on writing, and Enter applies it.
void FilterBar::prepare(const QString& text)
{
    m_applyLater.stop();
    hideError();
    m_edit->setText(text);
    m_edit->setFocus(Qt::OtherFocusReason);
    m_edit->end(false);
}

QString FilterBar::errorText() const
{
    return m_error->isHidden() ? QString() : m_error->text();
}

QStringList FilterBar::offered() const
{
    QStringList texts;
    for (int row = 0; !m_list->isHidden() && row < m_list->count(); ++row)
        texts << m_list->item(row)->data(Qt::UserRole).toString();
    return texts;
}

void FilterBar::textEdited()
{
    hideError();
    m_applyLater.start(kApplyMs);
    m_errorLater.start(kErrorMs);
    showCompletions(false);
}

void FilterBar::apply(bool finished)
{
    m_applyLater.stop();
    const QString text = m_edit->text().trimmed();
    const auto compiled = query::Filter::compile(text.toStdString());
    if (compiled.error) {
        if (finished)
            showError(*compiled.error);
        return;
    }
    m_errorLater.stop();
    hideError();
    m_focus.setFilter(text);
    if (!finished)
        return;
    m_completion.remember(text);
    hideCompletions();
    emit left();
}

void FilterBar::showError(const query::ParseError& error)
{
    const QByteArray utf8 = m_edit->text().toUtf8();
    const qsizetype start = toCharacters(utf8, error.span.position);
    m_edit->markError(start, toCharacters(utf8, error.span.position + error.span.length) - start);
    const QString text = toQString(error.message); // names the suggestion, too
    m_edit->setToolTip(text);
    m_edit->setAccessibleDescription(text);
    hideCompletions();
    m_error->setText(text);
    place(*m_error, 0);
    m_error->show();
}

void FilterBar::hideError()
{
    m_errorLater.stop();
    m_edit->markError(-1, 0);
    m_edit->setToolTip({});
    m_edit->setAccessibleDescription({});
    m_error->hide();
}

// The overlays lie on the window, not in it, so that nothing below moves.
void FilterBar::place(QWidget& overlay, int left)
{
    overlay.setParent(window());
    overlay.adjustSize();
    const QPoint below = m_edit->mapTo(window(), QPoint(left, m_edit->height() + 2));
    overlay.move(std::clamp(below.x(), 0, std::max(0, window()->width() - overlay.width())), below.y());
    overlay.raise();
}

void FilterBar::wantValues(query::Field field)
{
    const SnapshotPtr snapshot = m_bridge.snapshot(m_focus.state().capture);
    if (field == query::Field::Count || !snapshot || m_completion.knows(field) || m_counting == field)
        return;
    m_counting = field;
    pipeline::ValueCountsRequest request;
    request.flows.snapshot = snapshot->flows;
    request.field = field;
    request.limit = kValuesCounted;
    m_query->askValues(std::move(request));
}

void FilterBar::showCompletions(bool asked)
{
    const QByteArray utf8 = m_edit->text().toUtf8();
    const auto cursor = static_cast<std::size_t>(m_edit->text().left(m_edit->cursorPosition()).toUtf8().size());
    m_offered = query::complete(utf8.toStdString(), cursor, m_completion);
    wantValues(m_offered.valuesOf);
    if (m_offered.items.empty() || (!asked && utf8.trimmed().isEmpty()) || !m_edit->hasFocus()) {
        hideCompletions();
        return;
    }
    m_list->clear();
    for (const query::Completion& item : m_offered.items) {
        const QString insert = toQString(item.insert).trimmed();
        auto* row = new QListWidgetItem(
            item.detail.empty() ? insert : insert + QStringLiteral("    ") + toQString(item.detail), m_list);
        row->setData(Qt::UserRole, insert);
        row->setData(kDetailRole, toQString(item.detail));
    }
    const int rows = std::min(kListRows, m_list->count());
    m_list->setFixedSize(kListWidth, rows * m_list->sizeHintForRow(0) + 2 * m_list->frameWidth());
    const QFontMetrics metrics(m_edit->font());
    place(*m_list, metrics.horizontalAdvance(m_edit->text().left(toCharacters(utf8, m_offered.replaceFrom))));
    m_error->hide();
    m_list->show();
    m_edit->setListOpen(true);
}

void FilterBar::hideCompletions()
{
    m_list->hide();
    m_edit->setListOpen(false);
}

void FilterBar::moveInCompletions(int rows)
{
    const int row = std::clamp(m_list->currentRow() + rows, 0, m_list->count() - 1);
    m_list->setCurrentRow(row);
}

void FilterBar::acceptCompletion()
{
    const auto chosen = static_cast<std::size_t>(std::max(0, m_list->currentRow()));
    if (chosen >= m_offered.items.size())
        return;
    const query::Completion item = m_offered.items[chosen];
    QByteArray utf8 = m_edit->text().toUtf8();
    const auto from = static_cast<qsizetype>(m_offered.replaceFrom);
    utf8.replace(from, static_cast<qsizetype>(m_offered.replaceLength), QByteArray::fromStdString(item.insert));
    m_edit->setText(QString::fromUtf8(utf8));
    m_edit->setCursorPosition(static_cast<int>(toCharacters(utf8, m_offered.replaceFrom + item.insert.size())));
    hideError();
    m_applyLater.start(kApplyMs);
    m_errorLater.start(kErrorMs);
    if (item.insert.ends_with(' '))
        showCompletions(true);
    else
        hideCompletions();
}

void FilterBar::followFocus(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture)) {
        m_completion.forgetValues();
        m_query->cancel();
        m_counting = query::Field::Count;
    }
    if (!(parts & (FocusPart::Capture | FocusPart::Filter)) || m_edit->text().trimmed() == m_focus.state().filter)
        return;
    m_applyLater.stop();
    m_edit->setText(m_focus.state().filter);
    hideError();
}

void FilterBar::fillMenu(QMenu& menu)
{
    menu.setToolTipsVisible(true);
    const QString current = m_focus.state().filter;
    const auto use = [this, &menu](const QString& label, const QString& filter) {
        menu.addAction(escaped(elided(label)), this,
                       [this, filter] {
                           m_focus.replaceFilter(filter);
                           m_completion.remember(filter);
                           emit left();
                       })
            ->setToolTip(filter);
    };
    menu.addAction(tr("&Save this filter…"), this, [this, current] { askToSaveFilter(current, *window()); })
        ->setEnabled(!current.isEmpty());
    menu.addAction(tr("&Organise saved filters…"), this, &FilterBar::organiseSaved);
    menu.addSection(tr("Saved"));
    for (const SavedFilter& filter : SavedFilters::instance().all())
        use(filter.name, filter.text);
    if (SavedFilters::instance().all().empty())
        menu.addAction(tr("No filter is saved yet"))->setEnabled(false);
    menu.addSection(tr("Used before"));
    for (const QString& filter : m_completion.filters())
        use(filter, filter);
    if (m_completion.filters().isEmpty())
        menu.addAction(tr("Filters you apply are kept here"))->setEnabled(false);
}

void FilterBar::showMenu()
{
    QMenu menu(this);
    fillMenu(menu);
    menu.exec(m_history->mapToGlobal(QPoint(0, m_history->height())));
}

void FilterBar::saveCurrent()
{
    if (!m_focus.state().filter.isEmpty())
        askToSaveFilter(m_focus.state().filter, *window());
}

void FilterBar::organiseSaved()
{
    auto* dialog = new SavedFiltersDialog(m_focus, window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->show();
}

bool FilterBar::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_edit && event->type() == QEvent::Resize) {
        hideCompletions();
        m_error->hide();
    }
    return QWidget::eventFilter(watched, event);
}

void FilterBar::themeChanged()
{
    m_icon->setIcon(m_theme.icon(QStringLiteral("filter"), Role::Muted));
    m_clear->setIcon(m_theme.icon(QStringLiteral("clear"), Role::Muted));
    m_history->setIcon(m_theme.icon(QStringLiteral("history")));
    QPalette colors = m_theme.palette();
    colors.setColor(QPalette::Window, m_theme.mixed(Role::Bad, Role::Surface, 0.1));
    m_error->setPalette(colors);
    QPalette listColors = m_theme.palette();
    listColors.setColor(QPalette::WindowText, m_theme.mixed(Role::Muted, Role::Line, 0.4)); // the frame
    m_list->setPalette(listColors);
}

} // namespace timbre::ui
