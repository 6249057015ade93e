#include "ui/docks/masks_dock.h"

#include "engine/query/expression.h"
#include "ui/docks/action_bar.h"
#include "ui/docks/table_actions.h"
#include "ui/masks/keys_dialog.h"
#include "ui/masks/mask_view.h"
#include "ui/masks/masks_model.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QMimeData>
#include <QtCore/QSortFilterProxyModel>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMessageBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>

namespace timbre::ui {

namespace {

QStringList maskFiles(const QMimeData& data)
{
    QStringList paths;
    for (const QUrl& url : data.urls()) {
        if (url.isLocalFile())
            paths << url.toLocalFile();
    }
    return paths;
}

recording::SessionId idFromHex(const std::string& hex)
{
    recording::SessionId id{};
    const QByteArray bytes = QByteArray::fromHex(QByteArray::fromStdString(hex));
    for (std::size_t i = 0; i < id.size() && static_cast<qsizetype>(i) < bytes.size(); ++i)
        id[i] = static_cast<std::uint8_t>(bytes[static_cast<qsizetype>(i)]);
    return id;
}

std::vector<std::string> bundledMasks()
{
    std::vector<std::string> texts;
    for (const QString& name : QDir(QStringLiteral(":/masks")).entryList({QStringLiteral("*.json")}, QDir::Files)) {
        QFile file(QStringLiteral(":/masks/") + name);
        if (file.open(QIODevice::ReadOnly))
            texts.push_back(file.readAll().toStdString());
    }
    return texts;
}

} // namespace

MasksDock::MasksDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("masks"), tr("Masks"), QStringLiteral("masks"), 0, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new MasksModel(theme, this))
    , m_table(new QTableView(this))
    , m_view(new MaskView(theme, this))
{
    setAcceptDrops(true);
    setUpTable(*m_table);
    m_sorted = &showSortable(*m_table, *m_model, MasksModel::SortRole);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Masks"));
    const std::array widths{150, 70, 100, 150, 84};
    for (int i = 0; i < static_cast<int>(widths.size()); ++i)
        m_table->horizontalHeader()->resizeSection(i, widths[static_cast<std::size_t>(i)]);
    keepColumns(*m_table, QStringLiteral("masks"));
    makeMenu();
    auto* splitter = new QSplitter(Qt::Vertical, this);
    splitter->setChildrenCollapsible(false);
    auto* top = new QWidget(splitter);
    auto* layout = new QVBoxLayout(top);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(makeBar());
    m_search = new QLineEdit(top);
    m_search->setAccessibleName(tr("Search masks"));
    m_search->setPlaceholderText(tr("Search masks"));
    m_search->setClearButtonEnabled(true);
    auto* searchLine = new QHBoxLayout;
    searchLine->setContentsMargins(Theme::kMargin, 0, Theme::kMargin, Theme::kGrid);
    searchLine->addWidget(m_search);
    layout->addLayout(searchLine);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& text) {
        m_model->setSearch(text);
        deskChanged(); // a mask that was searched away may be there again
    });
    layout->addWidget(m_table, 1);
    splitter->addWidget(top);
    splitter->addWidget(m_view);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({200, 500});
    setWidget(splitter);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &MasksDock::currentChanged);
    connect(m_view, &MaskView::pictureFailed, this, &MasksDock::problemArose);
    connect(m_view, &MaskView::testWanted, this, &MasksDock::testAgainst);
    connect(&bridge, &EngineBridge::recordingsChanged, this, &MasksDock::deskChanged);
    if (bridge.recordings())
        bridge.recordings()->addBundled(bundledMasks());
    MasksDock::themeChanged();
    deskChanged();
}

QWidget* MasksDock::focusTarget()
{
    return m_table;
}

QWidget* MasksDock::makeBar()
{
    auto* bar = new ActionBar(theme(), this);
    connect(bar->add(QStringLiteral("open"), tr("Import")), &QToolButton::clicked, this, &MasksDock::chooseImport);
    connect(bar->add(QStringLiteral("export"), tr("Export")), &QToolButton::clicked, this, &MasksDock::exportSelected);
    connect(bar->add(QStringLiteral("pin"), tr("Sign")), &QToolButton::clicked, this, &MasksDock::signCurrent);
    connect(bar->add(QStringLiteral("info"), tr("Keys")), &QToolButton::clicked, this, [this] {
        if (m_bridge.recordings())
            KeysDialog(m_bridge, this).exec();
    });
    connect(bar->add(QStringLiteral("remove"), tr("Remove")), &QToolButton::clicked, this, &MasksDock::removeSelected);
    return bar;
}

void MasksDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void MasksDock::deskChanged()
{
    if (pipeline::RecordingDesk* desk = m_bridge.recordings()) {
        const auto snapshot = desk->snapshot();
        m_model->setMasks(snapshot->masks);
        if (m_recordings != snapshot->recordings)
            m_view->setRecordings(*snapshot->recordings);
        m_recordings = snapshot->recordings;
    }
    m_model->setNotes(m_bridge.workspaceNotes());
    const QString wanted = m_wanted.isEmpty() ? m_shown : m_wanted;
    const int row = m_sorted->mapFromSource(m_model->index(m_model->rowOf(wanted), 0)).row();
    if (row >= 0 && row != m_table->currentIndex().row())
        m_table->selectRow(row);
    if (row >= 0 && wanted == m_wanted)
        m_wanted.clear();
    currentChanged();
}

bool MasksDock::select(const QString& id)
{
    m_wanted = id;
    deskChanged();
    return m_wanted.isEmpty();
}

std::optional<NoteChoice> MasksDock::noteChoice() const
{
    const QStringList ids = selectedIds();
    if (ids.size() != 1)
        return std::nullopt;
    return NoteChoice{tr("Mask %1").arg(ids.first()),
                      pipeline::noteAbout(store::NoteSubject::Mask, ids.first().toStdString())};
}

void MasksDock::makeMenu()
{
    auto* actions = new TableActions(*m_table, m_bridge, *this, focus(), theme(), [this](const QModelIndex& at) {
        const std::string& id = maskAt(at)->stored.id;
        return RowMeaning{{QStringLiteral("mask == ") + toQString(query::quoteIfNeeded(id))}, {}};
    });
    actions->setMore([this](QMenu& menu, const QModelIndex&) {
        menu.addSeparator();
        menu.addAction(theme().icon(QStringLiteral("export")), tr("&Export…"), this, &MasksDock::exportSelected);
        menu.addAction(tr("&Sign…"), this, &MasksDock::signCurrent)->setEnabled(selectedIds().size() == 1);
        menu.addSeparator();
        addNoteActions(menu);
        menu.addSeparator();
        menu.addAction(theme().icon(QStringLiteral("remove")), tr("&Remove…"), this, &MasksDock::removeSelected);
    });
    new TableActions(m_view->selfTestTable(), m_bridge, *this, focus(), theme(),
                     [](const QModelIndex&) { return RowMeaning(); });
}

const pipeline::DeskMask* MasksDock::maskAt(const QModelIndex& index) const
{
    return m_model->mask(m_sorted->mapToSource(index).row());
}

void MasksDock::currentChanged()
{
    const pipeline::DeskMask* mask = maskAt(m_table->currentIndex());
    if (!mask) {
        if (!m_shown.isEmpty())
            m_view->clear();
        m_shown.clear();
        return;
    }
    const QString id = toQString(mask->stored.id);
    const std::string state = mask->stored.text + mask->signer + (mask->trusted ? "t" : "");
    if (id == m_shown && state == m_shownText)
        return;
    m_shown = id;
    m_shownText = state;
    m_view->show(*mask);
    m_view->chooseRecording(toQString(mask->stored.recording));
    if (!mask->stored.recording.empty() && mask->loaded)
        testAgainst(toQString(mask->stored.recording));
}

void MasksDock::testAgainst(const QString& recordingId)
{
    if (recordingId.isEmpty() || m_shown.isEmpty())
        return;
    m_bridge.recordings()->testMask(
        m_shown.toStdString(), idFromHex(recordingId.toStdString()),
        m_bridge.onWindow<pipeline::MaskTest>(this, [this, id = m_shown](Result<pipeline::MaskTest> test) {
            if (id == m_shown)
                m_view->showTest(test);
        }));
}

QStringList MasksDock::selectedIds() const
{
    QStringList ids;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        if (const pipeline::DeskMask* mask = maskAt(index))
            ids << toQString(mask->stored.id);
    }
    return ids;
}

void MasksDock::dragEnterEvent(QDragEnterEvent* event)
{
    const QStringList paths = maskFiles(*event->mimeData());
    const bool masks = std::any_of(paths.begin(), paths.end(), [](const QString& path) {
        return path.endsWith(QLatin1String(".json"), Qt::CaseInsensitive);
    });
    if (masks && m_bridge.recordings())
        event->acceptProposedAction();
}

void MasksDock::dropEvent(QDropEvent* event)
{
    event->acceptProposedAction();
    importFiles(maskFiles(*event->mimeData()));
}

void MasksDock::chooseImport()
{
    importFiles(QFileDialog::getOpenFileNames(this, tr("Import masks"), {}, tr("Masks (*.json);;All files (*)")));
}

void MasksDock::importFiles(const QStringList& paths)
{
    if (paths.isEmpty() || !m_bridge.recordings())
        return;
    std::vector<std::filesystem::path> files;
    for (const QString& path : paths)
        files.emplace_back(QFile::encodeName(path).toStdString());
    using Results = std::vector<pipeline::ImportedMask>;
    m_bridge.recordings()->importMasks(std::move(files), false,
                                       m_bridge.onWindow<Results>(this, [this, paths](Result<Results> results) {
                                           if (results)
                                               importReported(paths, *results);
                                       }));
}

void MasksDock::importReported(const QStringList& paths, const std::vector<pipeline::ImportedMask>& results)
{
    QStringList refused;
    QStringList there;
    std::vector<std::filesystem::path> again;
    int taken = 0;
    for (std::size_t i = 0; i < results.size(); ++i) {
        const pipeline::ImportedMask& result = results[i];
        if (result.taken) {
            ++taken;
            m_wanted = toQString(result.id);
        } else if (result.alreadyThere) {
            there << toQString(result.id);
            again.emplace_back(QFile::encodeName(paths[static_cast<qsizetype>(i)]).toStdString());
        } else {
            refused << QStringLiteral("%1: %2").arg(toQString(result.file), toQString(result.sentence));
        }
    }
    if (!refused.isEmpty())
        emit problemArose(refused.join(QLatin1Char('\n')));
    if (taken > 0)
        emit said(tr("%n mask(s) imported.", nullptr, taken));
    deskChanged();
    if (there.isEmpty())
        return;
    const auto button =
        QMessageBox::question(this, tr("Masks that are there already"),
                              tr("These masks are in the workspace already: %1. Replace them?").arg(there.join(u", ")));
    if (button != QMessageBox::Yes)
        return;
    using Results = std::vector<pipeline::ImportedMask>;
    m_bridge.recordings()->importMasks(
        std::move(again), true,
        m_bridge.onWindow<Results>(this, [this](Result<Results>) { emit said(tr("Masks replaced.")); }));
}

void MasksDock::exportSelected()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    const QString target =
        ids.size() == 1 ? QFileDialog::getSaveFileName(this, tr("Export mask"), ids.first() + QStringLiteral(".json"),
                                                       tr("Masks (*.json)"), nullptr, QFileDialog::DontConfirmOverwrite)
                        : QFileDialog::getExistingDirectory(this, tr("Folder for the masks"));
    if (!target.isEmpty())
        exportTo(ids, target, false);
}

void MasksDock::exportTo(const QStringList& ids, const QString& target, bool overwrite)
{
    std::vector<std::string> list;
    for (const QString& id : ids)
        list.push_back(id.toStdString());
    m_bridge.recordings()->exportMasks(
        std::move(list), QFile::encodeName(target).toStdString(), overwrite,
        m_bridge.onWindow<std::size_t>(this, [this, ids, target, overwrite](Result<std::size_t> written) {
            if (written) {
                emit said(tr("%n mask(s) written.", nullptr, static_cast<int>(*written)));
                return;
            }
            const QString sentence = toQString(written.error().message);
            if (overwrite || QMessageBox::question(this, tr("Export masks"),
                                                   tr("%1 Replace what is there?").arg(sentence)) != QMessageBox::Yes)
                emit problemArose(sentence);
            else
                exportTo(ids, target, true);
        }));
}

QString MasksDock::keyFileToSignWith()
{
    QStringList names;
    QStringList files;
    for (const store::StoredKey& key : *m_bridge.recordings()->snapshot()->keys) {
        if (key.privateFile.empty())
            continue;
        names << tr("%1 (%2)").arg(toQString(key.label), toQString(key.id));
        files << toQString(key.privateFile);
    }
    if (files.isEmpty())
        return QFileDialog::getOpenFileName(this, tr("Private key to sign with"));
    if (files.size() == 1)
        return files.first();
    bool chosen = false;
    const QString name = QInputDialog::getItem(this, tr("Sign"), tr("With the key of:"), names, 0, false, &chosen);
    return chosen ? files.value(names.indexOf(name)) : QString();
}

void MasksDock::signCurrent()
{
    const QStringList ids = selectedIds();
    if (ids.size() != 1) {
        emit said(tr("Select one mask to sign it."));
        return;
    }
    const QString file = keyFileToSignWith();
    if (file.isEmpty())
        return;
    m_bridge.recordings()->signMask(ids.first().toStdString(), QFile::encodeName(file).toStdString(),
                                    m_bridge.onWindow<std::string>(this, [this](Result<std::string> done) {
                                        if (done)
                                            emit said(tr("Signed with key %1.").arg(toQString(*done)));
                                        else
                                            emit problemArose(toQString(done.error().message));
                                    }));
}

void MasksDock::removeSelected()
{
    const QStringList ids = selectedIds();
    if (ids.isEmpty())
        return;
    const auto button = QMessageBox::question(
        this, tr("Remove masks"),
        tr("Remove %1 from the workspace? Exported files and bundled masks stay.").arg(ids.join(u", ")));
    if (button != QMessageBox::Yes)
        return;
    for (const QString& id : ids)
        m_bridge.recordings()->removeMask(id.toStdString());
}

} // namespace timbre::ui
