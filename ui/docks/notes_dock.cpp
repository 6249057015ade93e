#include "ui/docks/notes_dock.h"

#include "engine/query/expression.h"
#include "ui/docks/row_peek.h"
#include "ui/filter/filter_menu.h"
#include "ui/keys/view_keys.h"
#include "ui/models/format.h"
#include "ui/models/notes_model.h"

#include <QtCore/QDateTime>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QListView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QStyledItemDelegate>

#include <algorithm>

namespace timbre::ui {

namespace {

/// Two lines: a note's first line, then what it is about and its tags.
class NoteDelegate : public QStyledItemDelegate {
public:
    NoteDelegate(const Theme& theme, QObject* parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {
    }

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex&) const override
    {
        return {160, 2 * option.fontMetrics.height() + 3 * Theme::kGrid};
    }

    void paint(QPainter* painter, const QStyleOptionViewItem& option, const QModelIndex& index) const override
    {
        const bool selected = option.state.testFlag(QStyle::State_Selected);
        painter->fillRect(option.rect, m_theme.color(selected ? Role::Selection : Role::Surface));
        if (selected)
            painter->fillRect(QRect(option.rect.topLeft(), QSize(2, option.rect.height())),
                              m_theme.color(Role::Accent));
        QRect box = option.rect.adjusted(Theme::kMargin, Theme::kGrid, -Theme::kMargin, -Theme::kGrid);
        const int line = option.fontMetrics.height();
        const bool bookmark = index.data(NotesModel::BookmarkRole).toBool();
        const QIcon icon = m_theme.icon(bookmark ? QStringLiteral("bookmark") : QStringLiteral("note"), Role::Accent);
        icon.paint(painter, QRect(box.left(), box.top(), 14, line));
        box.setLeft(box.left() + 20);
        painter->setPen(m_theme.color(index.data(NotesModel::FoundRole).toBool() ? Role::Text : Role::Muted));
        painter->drawText(QRect(box.topLeft(), QSize(box.width(), line)), Qt::AlignVCenter,
                          option.fontMetrics.elidedText(index.data().toString(), Qt::ElideRight, box.width()));
        const QString tags = index.data(NotesModel::TagsRole).toString();
        const int tagWidth = std::min(box.width() / 2, option.fontMetrics.horizontalAdvance(tags));
        const QRect below(box.left(), box.top() + line + 2, box.width(), line);
        painter->setPen(m_theme.color(Role::Accent));
        painter->drawText(below, Qt::AlignRight | Qt::AlignVCenter,
                          option.fontMetrics.elidedText(tags, Qt::ElideRight, tagWidth));
        const int left = below.width() - tagWidth - (tags.isEmpty() ? 0 : Theme::kMargin);
        painter->setPen(m_theme.color(Role::Muted));
        painter->drawText(
            below, Qt::AlignLeft | Qt::AlignVCenter,
            option.fontMetrics.elidedText(index.data(NotesModel::AboutRole).toString(), Qt::ElideRight, left));
    }

private:
    const Theme& m_theme;
};

} // namespace

NotesDock::NotesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("notes"), tr("Notes"), QStringLiteral("note"), 0, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new NotesModel(bridge, focus, this))
    , m_search(new QLineEdit(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
    , m_list(new QListView(m_pages))
    , m_undoLine(new QWidget(this))
    , m_undoText(new QLabel(m_undoLine))
{
    m_list->setItemDelegate(new NoteDelegate(theme, m_list));
    setWidget(makeBody());
    for (const auto signal : {&QAbstractItemModel::rowsInserted, &QAbstractItemModel::rowsRemoved})
        connect(m_model, signal, this, &NotesDock::showPage);
    connect(m_model, &QAbstractItemModel::modelReset, this, &NotesDock::showPage);
    connect(&bridge, &EngineBridge::captureChanged, this, &NotesDock::showPage);
    showPage();
}

QWidget* NotesDock::makeBody()
{
    m_list->setModel(m_model);
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setContextMenuPolicy(Qt::CustomContextMenu);
    m_list->setAccessibleName(tr("Notes"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    makeKeys();
    m_list->installEventFilter(this);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(m_list);
    auto* undo = new QPushButton(tr("&Undo"), m_undoLine);
    m_undoText->setForegroundRole(QPalette::PlaceholderText);
    auto* line = new QHBoxLayout(m_undoLine);
    line->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    line->addWidget(m_undoText, 1);
    line->addWidget(undo);
    m_undoLine->hide();
    m_search->setAccessibleName(tr("Search notes"));
    m_search->setPlaceholderText(tr("Search notes: words, or tag == …"));
    m_search->setClearButtonEnabled(true);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    top->addWidget(m_search);
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addLayout(top);
    layout->addWidget(m_pages, 1);
    layout->addWidget(m_undoLine);

    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setSearch(text);
        showPage();
    });
    connect(undo, &QPushButton::clicked, this, &NotesDock::undoDelete);
    connect(m_list, &QListView::doubleClicked, this, &NotesDock::goToCurrent);
    connect(m_list, &QWidget::customContextMenuRequested, this, &NotesDock::showMenu);
    connect(m_empty, &EmptyState::actionTriggered, this, &NotesDock::writeNote);
    return body;
}

QWidget* NotesDock::focusTarget()
{
    return m_pages->currentWidget();
}

void NotesDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Capture))
        showPage();
}

void NotesDock::themeChanged()
{
    Dock::themeChanged();
    m_list->viewport()->update();
}

void NotesDock::showPage()
{
    const bool open = m_model->ready();
    m_search->setVisible(m_model->searching() || m_model->rowCount() > 0);
    if (m_model->searching())
        m_empty->setText(tr("No note fits the search."));
    else
        m_empty->setText(open
                             ? tr("Notes and bookmarks about flows, stretches of time, anomalies, recordings and masks "
                                  "are listed here. N writes a note, B sets a bookmark.")
                             : tr("Notes about the open capture, recordings and masks are listed here."));
    m_empty->setAction(open && !m_model->searching() ? tr("Write a note…") : QString());
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    const std::size_t back =
        static_cast<std::size_t>(std::ranges::count(m_deleted, focusState().capture, &Deleted::capture));
    m_undoLine->setVisible(back > 0);
    m_undoText->setText(tr("%n note(s) deleted", nullptr, static_cast<int>(back)));
}

const pipeline::ShownNote* NotesDock::current() const
{
    return m_model->at(m_list->currentIndex().row());
}

std::optional<NoteChoice> NotesDock::choiceOfFocusedDock() const
{
    for (const QWidget* widget = QApplication::focusWidget(); widget != nullptr; widget = widget->parentWidget()) {
        if (const auto* dock = qobject_cast<const Dock*>(widget))
            return dock->noteChoice();
    }
    return std::nullopt;
}

CaptureId NotesDock::placeOf(const store::Note& note) const
{
    return pipeline::belongsToWorkspace(note.subject) ? pipeline::kWorkspaceNotes : focusState().capture;
}

std::vector<NoteChoice> NotesDock::choices() const
{
    const NotedThings things = notedThings(m_bridge, focusState().capture);
    const SnapshotPtr& snapshot = things.capture;
    std::vector<NoteChoice> found;
    if (auto own = choiceOfFocusedDock())
        found.push_back(std::move(*own));
    if (!m_model->ready())
        return found;
    const std::uint32_t flow = focusState().selection.current;
    if (snapshot && flow < snapshot->flows->size()) {
        const flow::FlowRecord& record = (*snapshot->flows)[flow];
        const store::Note note = pipeline::noteAbout(record);
        found.push_back({tr("Flow %1").arg(aboutText({note, flow}, things, focus())), note});
    }
    if (focusState().range) {
        store::Note note;
        note.subject = store::NoteSubject::Range;
        note.range = focusState().range;
        found.push_back({tr("Time range %1").arg(aboutText({note, flow::kNoFlow}, things, focus())), note});
    }
    found.push_back({tr("The whole capture"), {}});
    return found;
}

bool NotesDock::save(CaptureId place, store::Note note)
{
    const auto key = m_bridge.saveNote(place, std::move(note));
    if (!key)
        emit problemArose(toQString(key.error().message));
    return key.ok();
}

void NotesDock::writeNote()
{
    askFor(choices());
}

void NotesDock::writeNoteAbout(const NoteChoice& choice)
{
    askFor({choice});
}

void NotesDock::writeRangeNote()
{
    std::vector<NoteChoice> found = choices();
    std::ranges::stable_partition(
        found, [](const NoteChoice& choice) { return choice.note.subject == store::NoteSubject::Range; });
    askFor(std::move(found));
}

void NotesDock::askFor(std::vector<NoteChoice> found)
{
    if (found.empty()) {
        emit said(tr("Open a capture to write notes about it."));
        return;
    }
    auto* dialog = new NoteDialog(std::move(found), tr("Note"), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this, [this, dialog, capture = focusState().capture] {
        const store::Note note = dialog->note();
        if (save(pipeline::belongsToWorkspace(note.subject) ? pipeline::kWorkspaceNotes : capture, note))
            emit said(m_bridge.workspace().path.empty() ? tr("Noted until Timbre ends: there is no workspace")
                                                        : tr("Noted"));
    });
    dialog->open();
}

void NotesDock::toggleBookmark()
{
    const std::vector<NoteChoice> found = choices();
    if (found.empty())
        emit said(tr("Open a capture to set bookmarks in it."));
    else
        toggleBookmarkOn(found.front());
}

void NotesDock::toggleBookmarkOn(const NoteChoice& choice)
{
    store::Note about = choice.note;
    for (store::Note note : m_model->allNotes()) {
        if (!note.bookmark || note.subject != about.subject || note.flow != about.flow || note.object != about.object ||
            (note.subject == store::NoteSubject::Range && note.range != about.range))
            continue;
        if (note.text.empty() && note.tags.empty()) {
            m_bridge.removeNote(placeOf(note), note.key);
        } else {
            note.bookmark = false;
            save(placeOf(note), std::move(note));
        }
        emit said(tr("Bookmark taken away"));
        return;
    }
    about.bookmark = true;
    about.created = about.changed = {QDateTime::currentMSecsSinceEpoch() * 1'000'000};
    const CaptureId place = placeOf(about);
    if (save(place, std::move(about)))
        emit said(tr("Bookmark set"));
}

void NotesDock::editCurrent()
{
    const pipeline::ShownNote* shown = current();
    if (shown == nullptr)
        return;
    auto* dialog = new NoteDialog({{m_model->about(*shown), shown->note}}, tr("Edit note"), window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QDialog::accepted, this,
            [this, dialog, place = placeOf(shown->note)] { save(place, dialog->note()); });
    dialog->open();
}

void NotesDock::deleteCurrent()
{
    const pipeline::ShownNote* shown = current();
    if (shown == nullptr)
        return;
    m_deleted.push_back({focusState().capture, shown->note});
    if (m_deleted.size() > kMaxDeleted)
        m_deleted.erase(m_deleted.begin());
    const CaptureId place = placeOf(shown->note);
    m_bridge.removeNote(place, shown->note.key);
    showPage();
}

void NotesDock::undoDelete()
{
    for (std::size_t i = m_deleted.size(); i-- > 0;) {
        if (m_deleted[i].capture != focusState().capture)
            continue;
        if (save(placeOf(m_deleted[i].note), m_deleted[i].note))
            m_deleted.erase(m_deleted.begin() + static_cast<std::ptrdiff_t>(i));
        break;
    }
    showPage();
    focusTarget()->setFocus();
}

void NotesDock::goToCurrent()
{
    const pipeline::ShownNote* shown = current();
    if (shown == nullptr)
        return;
    if (shown->note.subject == store::NoteSubject::Flow && shown->flow == flow::kNoFlow)
        emit said(tr("This flow is not in the analysis shown"));
    else if (!shown->note.object.empty())
        emit objectWanted(shown->note.subject, toQString(shown->note.object));
    else if (shown->flow != flow::kNoFlow)
        focus().setSelection({shown->flow}, shown->flow);
    else if (shown->note.range)
        focus().setRange(shown->note.range);
}

void NotesDock::showMenu(const QPoint& position)
{
    const QModelIndex under = m_list->indexAt(position);
    if (under.isValid())
        m_list->setCurrentIndex(under);
    const pipeline::ShownNote* shown = current();
    if (shown == nullptr)
        return;
    QMenu menu(this);
    menu.addAction(tr("&Go to it\tEnter"), this, &NotesDock::goToCurrent);
    menu.addAction(tr("&Edit…\tF2"), this, &NotesDock::editCurrent);
    menu.addAction(theme().icon(QStringLiteral("remove")), tr("&Delete\tDel"), this, &NotesDock::deleteCurrent);
    menu.addAction(theme().icon(QStringLiteral("copy")), tr("&Copy text\tCtrl+C"), this, &NotesDock::copyCurrent);
    menu.addAction(theme().icon(QStringLiteral("peek")), tr("&Peek\tSpace"), m_peek, &RowPeek::toggle);
    if (shown->flow != flow::kNoFlow)
        addFilterActions(menu, focus(), QStringLiteral("flow.index == %1").arg(shown->flow));
    for (const std::string& tag : shown->note.tags)
        addFilterActions(menu, focus(), QStringLiteral("tag == ") + toQString(query::quoteIfNeeded(tag)));
    menu.exec(m_list->viewport()->mapToGlobal(under.isValid() ? position
                                                              : m_list->visualRect(m_list->currentIndex()).center()));
}

void NotesDock::makeKeys()
{
    m_peek = new RowPeek(*m_list, focus(), theme(), [this](const QModelIndex&) { return peekContent(); });
    m_keys = new ViewKeys(facts().title, *m_list);
    m_keys->addAct({Qt::Key_Return, Qt::Key_Enter}, tr("Go to what it is about"), [this] { goToCurrent(); });
    m_keys->addAct({Qt::Key_F2}, tr("Edit"), [this] { editCurrent(); });
    m_keys->addAct({Qt::Key_Delete}, tr("Delete"), [this] { deleteCurrent(); });
    m_rowKeys = new ViewKeys(tableKeyGroup(), *m_list);
    addTableKeys(*m_rowKeys, {.move = [this](int rows) { moveCurrent(rows); },
                              .peek = [this] { m_peek->toggle(); },
                              .closePeek = [this] { return m_peek->close(); },
                              .sort = {}, // by the time they are about
                              .copy = [this] { copyCurrent(); }});
}

void NotesDock::moveCurrent(int rows)
{
    const int last = m_model->rowCount() - 1;
    const QModelIndex now = m_list->currentIndex();
    if (last >= 0)
        m_list->setCurrentIndex(m_model->index(now.isValid() ? std::clamp(now.row() + rows, 0, last) : 0));
}

void NotesDock::copyCurrent()
{
    if (const pipeline::ShownNote* shown = current())
        QGuiApplication::clipboard()->setText(toQString(shown->note.text));
}

/// The whole text, of which the list shows the first line.
PeekContent NotesDock::peekContent() const
{
    const pipeline::ShownNote* shown = current();
    if (shown == nullptr)
        return {};
    const store::Note& note = shown->note;
    PeekContent content;
    content.title = titleOf(note);
    if (!note.text.empty() && toQString(note.text) != content.title)
        content.facts.push_back({tr("Text"), toQString(note.text)});
    content.facts.push_back({tr("About"), m_model->about(*shown)});
    const QModelIndex row = m_list->currentIndex();
    if (const QString tags = row.data(NotesModel::TagsRole).toString(); !tags.isEmpty())
        content.facts.push_back({tr("Tags"), tags});
    content.facts.push_back({tr("Written"), focus().formatTime(note.created, 0)});
    if (note.changed != note.created)
        content.facts.push_back({tr("Changed"), focus().formatTime(note.changed, 0)});
    return content;
}

bool NotesDock::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_list && event->type() == QEvent::KeyPress) {
        const auto& key = *static_cast<QKeyEvent*>(event);
        if (m_keys->press(key) || m_rowKeys->press(key))
            return true;
    }
    return Dock::eventFilter(watched, event);
}

} // namespace timbre::ui
