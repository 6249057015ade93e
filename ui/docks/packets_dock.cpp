#include "ui/docks/packets_dock.h"

#include "engine/pipeline/flow_fields.h"
#include "ui/docks/table_actions.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/packets/hex_view.h"
#include "ui/packets/packet_detail.h"
#include "ui/packets/packet_list_model.h"
#include "ui/packets/packet_row_delegate.h"
#include "ui/packets/packet_source.h"
#include "ui/packets/thin_progress.h"

#include <QtGui/QAction>
#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

constexpr int kSearchDelayMs = 80; // stepping through flows with the arrows does not start a search for each
constexpr int kLoadDelayMs = 15;
constexpr int kRowsAround = 30; // texts are loaded ahead of a small scroll
constexpr std::size_t kRowsPerLoad = 256;
constexpr std::size_t kMaxCopiedRows = 700;
static_assert(kRowsPerLoad + kMaxCopiedRows < pipeline::kMaxLoadedPackets, "both are loaded in one request");

bool stillRead(const pipeline::CaptureSnapshot& capture)
{
    return capture.phase == pipeline::Phase::Reading || capture.phase == pipeline::Phase::Queued;
}

} // namespace

PacketsDock::PacketsDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("packets"), tr("Packets"), QStringLiteral("packets"), 3, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_source(new PacketSource(this))
    , m_model(new PacketListModel(this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
{
    auto* page = new QWidget(m_pages);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    makeHead(page);
    makeTable();
    m_detail = new PacketDetail(focus, theme, page);
    auto* splitter = new QSplitter(Qt::Vertical, page);
    splitter->addWidget(m_table);
    splitter->addWidget(m_detail);
    splitter->setChildrenCollapsible(false);
    layout->addWidget(splitter, 1);
    m_pages->addWidget(m_empty);
    m_pages->addWidget(page);
    setWidget(m_pages);
    connectSource();
    connect(m_detail, &PacketDetail::problemArose, this, &PacketsDock::problemArose);
    connect(m_empty, &EmptyState::actionTriggered, this, &PacketsDock::search);
    connect(&bridge, &EngineBridge::captureChanged, this, &PacketsDock::captureChanged);
    connect(this, &QDockWidget::visibilityChanged, this, [this](bool visible) {
        m_seen = visible;
        if (visible && m_dirty)
            searchSoon();
    });
    showTimes();
    searchSoon();
}

PacketsDock::~PacketsDock() = default;

void PacketsDock::makeHead(QWidget* parent)
{
    auto* head = new QWidget(parent);
    auto* layout = new QHBoxLayout(head);
    layout->setContentsMargins(Theme::kMargin, 2, Theme::kGrid, 2);
    m_status = new QLabel(head);
    m_status->setTextFormat(Qt::PlainText);
    m_status->setMinimumWidth(40); // the sentence is cut rather than the dock widened
    m_newer = new QToolButton(head);
    m_newer->setAutoRaise(true);
    m_newer->hide();
    m_timeForm = new QComboBox(head);
    m_timeForm->setAccessibleName(tr("How times are shown"));
    m_timeForm->addItems({tr("Clock time"), tr("Since start"), tr("Since previous")});
    layout->addWidget(m_status, 1);
    layout->addWidget(m_newer);
    layout->addWidget(m_timeForm);
    m_progress = new ThinProgress(theme(), parent);
    auto* page = static_cast<QVBoxLayout*>(parent->layout());
    page->addWidget(head);
    page->addWidget(m_progress);
    connect(m_newer, &QToolButton::clicked, this, &PacketsDock::search);
    connect(m_timeForm, &QComboBox::currentIndexChanged, this,
            [this](int form) { m_model->setTimeForm(static_cast<PacketListModel::TimeForm>(form)); });
}

void PacketsDock::makeTable()
{
    m_table = new QTableView(m_pages);
    setUpTable(*m_table);
    m_table->setModel(m_model);
    m_table->setItemDelegate(new PacketRowDelegate(theme(), m_table));
    m_table->setAccessibleName(tr("Packets"));
    m_table->setContextMenuPolicy(Qt::CustomContextMenu);
    m_table->setMinimumHeight(4 * Theme::rowHeight(font()));
    QHeaderView* header = m_table->horizontalHeader();
    const QFontMetrics metrics(font());
    const QFontMetrics fixed(theme().fixedFont());
    constexpr int kPadding = 4 * Theme::kGrid;
    const auto width = [](const QFontMetrics& with, const char* sample) {
        return with.horizontalAdvance(QString::fromLatin1(sample)) + kPadding;
    };
    header->resizeSection(PacketListModel::NumberColumn, width(metrics, "00 000 000"));
    header->resizeSection(PacketListModel::TimeColumn, width(fixed, "00:00:00.000000"));
    header->resizeSection(PacketListModel::DirectionColumn, width(metrics, "^v"));
    header->resizeSection(PacketListModel::SourceColumn, width(fixed, "192.168.100.100"));
    header->resizeSection(PacketListModel::DestinationColumn, width(fixed, "192.168.100.100"));
    header->resizeSection(PacketListModel::ProtocolColumn, width(metrics, "Protocol"));
    header->resizeSection(PacketListModel::LengthColumn, width(metrics, "Length (B)"));
    header->setStretchLastSection(true);
    header->setSectionsMovable(true);
    keepColumns(*m_table, QStringLiteral("packets"));
    auto* actions = new TableActions(*m_table, m_bridge, *this, focus(), theme(),
                                     [this](const QModelIndex& at) { return meaningOf(at); });
    actions->setCopy([this] { copyRows(); });
    actions->setMore([this](QMenu& menu, const QModelIndex&) {
        menu.addAction(tr("Copy bytes as &hex"), this, [this] { m_detail->hex().copy(HexView::CopyForm::Hex); });
    });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &PacketsDock::currentRowChanged);
    m_loadTimer.setSingleShot(true);
    m_loadTimer.setInterval(kLoadDelayMs);
    connect(&m_loadTimer, &QTimer::timeout, this, &PacketsDock::loadVisible);
    const auto loadSoon = [this] {
        if (!m_loadTimer.isActive())
            m_loadTimer.start();
    };
    // The timer is the receiver: it is gone before the table is.
    connect(m_table->verticalScrollBar(), &QScrollBar::valueChanged, &m_loadTimer, loadSoon);
    connect(m_table->verticalScrollBar(), &QScrollBar::rangeChanged, &m_loadTimer, loadSoon);
    connect(m_model, &QAbstractItemModel::rowsInserted, &m_loadTimer, loadSoon);
}

void PacketsDock::connectSource()
{
    m_searchTimer.setSingleShot(true);
    m_searchTimer.setInterval(kSearchDelayMs);
    connect(&m_searchTimer, &QTimer::timeout, this, &PacketsDock::search);
    connect(m_source, &PacketSource::rowsFound, this, &PacketsDock::rowsFound);
    connect(m_source, &PacketSource::progressChanged, m_progress, &ThinProgress::setFraction);
    connect(m_source, &PacketSource::searchFinished, this, &PacketsDock::searchFinished);
    connect(m_source, &PacketSource::packetsLoaded, this, &PacketsDock::showLoaded);
    connect(m_source, &PacketSource::loadFailed, this, [this](const Error& failure) {
        m_shownNumber = 0;
        m_detail->clear(toQString(failure.message));
    });
}

QWidget* PacketsDock::focusTarget()
{
    return m_pages->currentWidget() == m_empty ? static_cast<QWidget*>(m_empty) : m_table;
}

QString PacketsDock::status() const
{
    return m_status->text();
}

bool PacketsDock::searching() const
{
    return m_source->searching() || m_searchTimer.isActive();
}

void PacketsDock::focusChanged(FocusParts parts)
{
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Range | FocusPart::Selection))
        searchSoon();
    if (parts.testFlag(FocusPart::Zone))
        showTimes();
}

void PacketsDock::setFilteredFlows(const RowList& flows)
{
    if (pinned())
        return;
    m_filtered = flows;
    if (focusState().selection.flows.empty())
        searchSoon();
}

void PacketsDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void PacketsDock::showTimes()
{
    constexpr int kMicroseconds = 6;
    m_model->setTimeFormatter([this](Timestamp time) { return focus().formatTime(time, kMicroseconds, true); });
}

void PacketsDock::searchSoon()
{
    m_dirty = true;
    m_searchTimer.start();
}

void PacketsDock::search()
{
    if (!m_seen)
        return; // done when it is
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    m_newer->hide();
    m_nothingOpen = !capture || capture->phase == pipeline::Phase::Failed || !capture->flows;
    if (m_nothingOpen) {
        m_source->cancelSearch();
        m_dirty = false;
        m_model->begin(nullptr, std::nullopt);
        showEmpty(
            tr("The packets of the flows you select are listed here, each with its layers and bytes. Open a capture "
               "to begin."));
        return;
    }
    const auto& selected = focusState().selection.flows;
    m_filteredSearched = selected.empty() && m_filtered;
    if (m_filteredSearched)
        m_request = scanOfFlows(*capture, *m_filtered);
    else
        m_request = selected.empty() ? scanOfAllPackets(*capture) : scanOfFlows(*capture, selected);
    m_request.range = focusState().range;
    m_searchedWhileReading = stillRead(*capture);
    m_preview = m_searchedWhileReading && selected.empty();
    if (m_preview)
        m_request.maxRows = kPreviewRows;
    m_flowsSearched = selected.size();
    m_packetsAtSearch = packetsOfSelection(*capture);
    m_capped = false;
    m_dirty = false;
    m_shownNumber = 0;
    m_rowsToCopy.clear();
    m_model->begin(m_request.flows, capture->timeRange ? std::optional(capture->timeRange->begin) : std::nullopt);
    m_source->search(m_request);
    m_progress->setFraction(0.0);
    m_pages->setCurrentIndex(1);
    showStatus();
}

std::uint64_t PacketsDock::packetsOfSelection(const pipeline::CaptureSnapshot& capture) const
{
    std::uint64_t packets = 0;
    for (const std::uint32_t flow : focusState().selection.flows)
        packets += flow < capture.flows->size() ? (*capture.flows)[flow].packets() : 0;
    return packets;
}

void PacketsDock::captureChanged(CaptureId id)
{
    if (id != focusState().capture)
        return;
    const SnapshotPtr capture = m_bridge.snapshot(id);
    if (!capture || !capture->flows)
        return;
    if (m_nothingOpen) {
        searchSoon();
        return;
    }
    if (!m_searchedWhileReading || m_dirty)
        return;
    const bool grown = m_flowsSearched == 0 || packetsOfSelection(*capture) != m_packetsAtSearch;
    if (stillRead(*capture)) {
        countNewer(*capture);
    } else if (grown) {
        searchSoon(); // the list is completed; the current packet stays current
    } else {
        m_searchedWhileReading = false;
    }
}

void PacketsDock::countNewer(const pipeline::CaptureSnapshot& capture)
{
    const std::uint64_t now = packetsOfSelection(capture);
    const std::uint64_t newer = m_flowsSearched > 0 && now > m_packetsAtSearch ? now - m_packetsAtSearch : 0;
    m_newer->setVisible(newer > 0);
    m_newer->setText(tr("↑ %1 new").arg(formatCount(newer)));
    m_newer->setToolTip(tr("Packets came since this list was made. Show them too."));
}

void PacketsDock::rowsFound(const std::shared_ptr<const pipeline::PacketChunk>& chunk)
{
    m_model->append(chunk);
    const QModelIndex current = m_table->currentIndex();
    if (!current.isValid()) {
        int wanted = m_model->rowOfNumber(m_currentNumber);
        if (wanted < 0 && m_currentNumber < chunk->rows.back().number)
            wanted = 0; // it is not in this list and will not come
        if (wanted >= 0)
            m_table->setCurrentIndex(m_model->index(wanted, PacketListModel::NumberColumn));
    }
    showStatus();
}

void PacketsDock::searchFinished(bool capped, const std::optional<Error>& failure)
{
    m_capped = capped;
    m_progress->setFraction(1.0);
    if (failure && m_model->rowCount() == 0) {
        showEmpty(toQString(failure->message), tr("Try again"));
        return;
    }
    if (failure)
        emit problemArose(toQString(failure->message));
    if (m_model->rowCount() == 0) {
        m_detail->clear();
        showEmpty(m_request.range
                      ? tr("No packets of this selection lie in the time range. Widen the range, or press Esc in "
                           "the Overview to clear it.")
                      : tr("There are no packets here."));
        return;
    }
    if (!m_table->currentIndex().isValid()) // the packet that was current is not in this list
        m_table->setCurrentIndex(m_model->index(0, PacketListModel::NumberColumn));
    showStatus();
}

void PacketsDock::showEmpty(const QString& text, const QString& action)
{
    m_empty->setText(text);
    m_empty->setAction(action);
    m_pages->setCurrentWidget(m_empty);
    m_progress->setFraction(1.0);
}

QString PacketsDock::whatIsListed() const
{
    if (m_filteredSearched)
        return m_request.range ? tr("Packets of the filtered flows, in the time range")
                               : tr("Packets of the filtered flows");
    if (m_flowsSearched == 0)
        return m_request.range ? tr("All packets in the time range") : tr("All packets");
    const QString range = m_request.range ? tr(", in the time range") : QString();
    if (m_flowsSearched == 1 && m_request.wanted.front() < m_request.flows->size()) {
        const flow::FlowRecord& record = (*m_request.flows)[m_request.wanted.front()];
        return formatEndpoint(record, flow::Side::Initiator) + QStringLiteral(" → ") +
               formatEndpoint(record, flow::Side::Responder) + range;
    }
    return formatCounted(m_flowsSearched, tr("1 flow"), tr("%1 flows")) + range;
}

void PacketsDock::showStatus()
{
    QString text =
        tr("%1: %2 packets").arg(whatIsListed(), formatCount(static_cast<std::uint64_t>(m_model->rowCount())));
    if (m_source->searching())
        text += QStringLiteral(" …");
    else if (m_capped && m_preview)
        text += tr("; the rest follows when the capture has been read");
    else if (m_capped)
        text += tr("; the list ends here, at its limit. Choose a time range or fewer flows to see others");
    m_status->setText(text);
    m_status->setToolTip(text);
}

void PacketsDock::currentRowChanged(const QModelIndex& current)
{
    if (!current.isValid())
        return;
    m_currentNumber = m_model->rowAt(current.row()).number;
    m_loadTimer.start();
}

void PacketsDock::loadVisible()
{
    if (m_model->rowCount() == 0)
        return;
    const int first = m_table->rowAt(0);
    const int bottom = m_table->rowAt(m_table->viewport()->height() - 1);
    const int last = bottom < 0 ? m_model->rowCount() - 1 : bottom;
    auto places = m_model->rowsWithoutText(first - kRowsAround, last + kRowsAround, kRowsPerLoad);
    const auto toCopy = missingForCopy();
    places.insert(places.end(), toCopy.begin(), toCopy.end());
    const int current = m_model->rowOfNumber(m_currentNumber);
    if (current >= 0 && m_shownNumber != m_currentNumber) {
        const auto same = [this](const pipeline::PacketPlace& place) { return place.number == m_currentNumber; };
        if (std::none_of(places.begin(), places.end(), same))
            places.push_back(m_model->placeOf(current));
    }
    if (!places.empty())
        m_source->load({m_request.path, m_request.fileBytes, std::move(places)});
}

void PacketsDock::showLoaded(const std::vector<pipeline::LoadReport::Item>& items)
{
    m_model->setTexts(items);
    finishCopy();
    for (const auto& item : items) {
        if (item.packet.number == m_currentNumber && m_shownNumber != m_currentNumber) {
            m_detail->showPacket(item.packet);
            m_shownNumber = m_currentNumber;
        }
    }
}

void PacketsDock::showPacket(quint64 number)
{
    m_currentNumber = number;
    const int row = m_model->rowOfNumber(number);
    if (row >= 0)
        m_table->setCurrentIndex(m_model->index(row, PacketListModel::NumberColumn));
}

void PacketsDock::copyRows()
{
    m_rowsToCopy.clear();
    std::size_t selected = 0;
    for (const QItemSelectionRange& range : m_table->selectionModel()->selection()) {
        selected += static_cast<std::size_t>(range.height());
        for (int row = range.top(); row <= range.bottom() && m_rowsToCopy.size() < kMaxCopiedRows; ++row)
            m_rowsToCopy.push_back(row);
    }
    std::sort(m_rowsToCopy.begin(), m_rowsToCopy.end());
    if (selected > m_rowsToCopy.size())
        emit problemArose(tr("Only the first %1 of %2 selected packets were copied. Export packets to have them all.")
                              .arg(formatCount(m_rowsToCopy.size()), formatCount(selected)));
    finishCopy();
    if (!m_rowsToCopy.empty())
        loadVisible(); // the words of rows that were never on screen are not there yet
}

/// Of the rows that wait to be copied.
std::vector<pipeline::PacketPlace> PacketsDock::missingForCopy() const
{
    std::vector<pipeline::PacketPlace> missing;
    for (const int row : m_rowsToCopy) {
        const auto place = m_model->rowsWithoutText(row, row, 1);
        missing.insert(missing.end(), place.begin(), place.end());
    }
    return missing;
}

void PacketsDock::finishCopy()
{
    if (m_rowsToCopy.empty() || !missingForCopy().empty())
        return;
    QStringList lines;
    for (const int row : std::exchange(m_rowsToCopy, {})) {
        QStringList cells;
        for (int column = 0; column < PacketListModel::ColumnCount; ++column)
            cells.append(m_model->index(row, column).data(PacketListModel::RawRole).toString());
        lines.append(cells.join(QLatin1Char('\t')));
    }
    QGuiApplication::clipboard()->setText(lines.join(QLatin1Char('\n')));
}

/// The filter that finds flows by what stands in a cell; by the flow itself where the cell is about the packet alone.
static QString cellTerm(const flow::FlowSnapshot& flows, const pipeline::PacketRow& row, int column)
{
    using query::Field;
    const flow::FlowRecord& record = flows[row.flow];
    const bool up = row.direction != pipeline::Direction::Responder;
    Field field = Field::Index;
    if (column == PacketListModel::SourceColumn)
        field = up ? Field::Src : Field::Dst;
    else if (column == PacketListModel::DestinationColumn)
        field = up ? Field::Dst : Field::Src;
    else if (column == PacketListModel::ProtocolColumn)
        field = record.app != flow::App::Unknown ? Field::App : Field::Proto;
    return toQString(pipeline::filterFor({flows, record}, field));
}

RowMeaning PacketsDock::meaningOf(const QModelIndex& index) const
{
    const pipeline::PacketRow& row = m_model->rowAt(index.row());
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    if (!capture || row.flow >= capture->flows->size())
        return {};
    return {{cellTerm(*capture->flows, row, index.column())}, {row.flow}};
}

} // namespace timbre::ui
