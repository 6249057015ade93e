#include "ui/docks/recorder_dock.h"

#include "engine/query/filter.h"
#include "ui/docks/scroll_manners.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/recordings/distribution_plots.h"

#include <QtCore/QSortFilterProxyModel>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QFormLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QProgressBar>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QSplitter>
#include <QtWidgets/QTableView>

namespace timbre::ui {

namespace {

constexpr int kFormWidth = 230;
constexpr int kMaxServiceName = 200;
constexpr int kListWidth = 420;
constexpr int kDetailWidth = 430;
constexpr std::size_t kFlowsInWords{6};

QString privacyText()
{
    return RecorderDock::tr(
        "Kept of each packet: direction, size, gap, entropy, time, and at most 20 first bytes of its payload, up to "
        "where "
        "readable text begins. No other payload, no addresses, no names. Sizes and timing "
        "alone can tell a lot: which site or film was loaded, when somebody spoke. Treat a recording like the traffic "
        "it comes from.");
}

QProgressBar* makeProgress(QWidget* parent, int most, const QString& name)
{
    auto* bar = new QProgressBar(parent);
    bar->setRange(0, most);
    bar->setAccessibleName(name);
    return bar;
}

} // namespace

RecorderDock::RecorderDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("recorder"), tr("Recorder"), QStringLiteral("recorder"), 0, false}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new RecordingsModel(focus, theme, this))
{
    auto* splitter = new QSplitter(Qt::Horizontal, this);
    splitter->setChildrenCollapsible(false);
    splitter->addWidget(makeForm());
    auto* recordings = new FoldingSplitter(splitter);
    recordings->addWidget(makeList());
    recordings->addWidget(makeDetail());
    recordings->setStretchFactor(0, 1);
    recordings->setSizes({kListWidth, kDetailWidth});
    splitter->addWidget(recordings);
    splitter->setStretchFactor(1, 1);
    splitter->setSizes({kFormWidth, kListWidth + kDetailWidth});
    auto* whole = new QScrollArea(this); // the dock may be narrower than what it holds
    whole->setWidgetResizable(true);
    whole->setFrameShape(QFrame::NoFrame);
    whole->setFocusPolicy(Qt::NoFocus);
    whole->setWidget(splitter);
    setWidget(whole);
    connect(&bridge, &EngineBridge::recordingsChanged, this, &RecorderDock::deskChanged);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            updateForm();
    });
    deskChanged();
    updateForm();
    selectionChanged();
}

QWidget* RecorderDock::focusTarget()
{
    return m_service;
}

QWidget* RecorderDock::makeForm()
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setMinimumWidth(220);
    area->setAccessibleName(tr("What to record"));
    auto* form = new QWidget(area);
    auto* layout = new QFormLayout(form);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_service = new QLineEdit(form);
    m_service->setAccessibleName(tr("Service"));
    m_service->setMaxLength(kMaxServiceName);
    m_service->setPlaceholderText(tr("video call, web mail …"));
    layout->addRow(tr("&Service"), m_service);
    m_what = new QComboBox(form);
    m_what->addItems({tr("Selected flows"), tr("Flows that fit a filter"), tr("Host and port")});
    layout->addRow(tr("&What"), m_what);
    m_filter = new QLineEdit(form);
    m_filter->setAccessibleName(tr("Filter, or host and port"));
    layout->addRow(m_filter);
    m_whatText = new QLabel(form);
    m_whatText->setWordWrap(true);
    m_whatText->setForegroundRole(QPalette::PlaceholderText);
    layout->addRow(m_whatText);
    m_payloadOnly = new QCheckBox(tr("Only packets with &payload"), form);
    m_payloadOnly->setToolTip(tr("Leaves out bare acknowledgements, whose entropy is 0."));
    layout->addRow(m_payloadOnly);
    m_swap = new QCheckBox(tr("Swap &directions"), form);
    m_swap->setToolTip(tr("Uplink is what the initiator of a flow sends; swapped, what the responder sends."));
    layout->addRow(m_swap);
    m_idle = new QSpinBox(form);
    m_idle->setRange(0, 3600);
    m_idle->setValue(static_cast<int>(recording::kIdleSeconds));
    m_idle->setSuffix(tr(" s"));
    m_idle->setSpecialValueText(tr("never"));
    layout->addRow(tr("Ends after &quiet"), m_idle);
    for (QWidget* value : std::initializer_list<QWidget*>{m_what, m_idle})
        leaveWheelToArea(*value);
    m_record = new QPushButton(tr("&Record"), form);
    layout->addRow(m_record);
    auto* privacy = new QLabel(privacyText(), form);
    privacy->setWordWrap(true);
    privacy->setForegroundRole(QPalette::PlaceholderText);
    layout->addRow(privacy);
    area->setWidget(form);
    connect(m_what, &QComboBox::currentIndexChanged, this, &RecorderDock::updateForm);
    connect(m_filter, &QLineEdit::textChanged, this, &RecorderDock::updateForm);
    connect(m_service, &QLineEdit::textChanged, this, &RecorderDock::updateForm);
    for (const QLineEdit* line : {m_service, m_filter})
        connect(line, &QLineEdit::returnPressed, this, &RecorderDock::start);
    connect(m_record, &QPushButton::clicked, this, &RecorderDock::start);
    return area;
}

QWidget* RecorderDock::makeList()
{
    auto* page = new QWidget(this);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(0, Theme::kMargin, 0, 0);
    layout->setSpacing(Theme::kGrid);
    auto* bar = new QHBoxLayout;
    bar->setContentsMargins(Theme::kMargin, 0, Theme::kMargin, 0);
    bar->setSpacing(Theme::kGrid);
    m_search = new QLineEdit(page);
    m_search->setAccessibleName(tr("Search recordings"));
    m_search->setPlaceholderText(tr("Search recordings"));
    m_search->setClearButtonEnabled(true);
    m_stop = new QPushButton(tr("S&top"), page);
    m_discard = new QPushButton(tr("De&lete…"), page);
    m_mask = new QPushButton(tr("&Make mask"), page);
    m_check = new QPushButton(tr("Chec&k"), page);
    m_check->setToolTip(tr("Check this recording against the masks, in the Resonance dock"));
    for (QPushButton* button : {m_stop, m_mask, m_check, m_discard})
        bar->addWidget(button);
    bar->addStretch(1);
    auto* searchLine = new QHBoxLayout;
    searchLine->setContentsMargins(Theme::kMargin, 0, Theme::kMargin, 0);
    searchLine->addWidget(m_search);
    layout->addLayout(searchLine);
    layout->addLayout(bar);
    m_table = new QTableView(page);
    setUpTable(*m_table);
    m_sorted = &showSortable(*m_table, *m_model, RecordingsModel::SortRole);
    m_table->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_table->setAccessibleName(tr("Recordings"));
    const std::array widths{130, 70, 80, 60, 140, 100, 160};
    for (int i = 0; i < static_cast<int>(widths.size()); ++i)
        m_table->horizontalHeader()->resizeSection(i, widths[static_cast<std::size_t>(i)]);
    m_table->horizontalHeader()->setStretchLastSection(true);
    keepColumns(*m_table, QStringLiteral("recordings"));
    makeMenu();
    layout->addWidget(m_table, 1);
    connect(m_search, &QLineEdit::textChanged, m_model, &RecordingsModel::setSearch);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &RecorderDock::selectionChanged);
    connect(m_stop, &QPushButton::clicked, this, &RecorderDock::stopSelected);
    connect(m_discard, &QPushButton::clicked, this, &RecorderDock::stopOrDelete);
    connect(m_mask, &QPushButton::clicked, this, &RecorderDock::makeMask);
    connect(m_check, &QPushButton::clicked, this, &RecorderDock::checkSelected);
    return page;
}

bool RecorderDock::select(const QString& id)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (toQString(recording::toHex(m_model->row(row)->head.facts.id)) != id)
            continue;
        const QModelIndex index = m_sorted->mapFromSource(m_model->index(row, 0));
        m_table->selectRow(index.row());
        m_table->scrollTo(index);
        m_table->setFocus();
        return true;
    }
    return false;
}

std::optional<NoteChoice> RecorderDock::noteChoice() const
{
    const auto rows = selectedRows();
    if (rows.size() != 1)
        return std::nullopt;
    const recording::SessionFacts& facts = rows.front()->head.facts;
    return NoteChoice{tr("Recording %1").arg(toQString(facts.service)),
                      pipeline::noteAbout(store::NoteSubject::Recording, recording::toHex(facts.id))};
}

QWidget* RecorderDock::makeDetail()
{
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setMinimumWidth(260);
    area->setAccessibleName(tr("The selected recording"));
    auto* page = new QWidget(area);
    auto* layout = new QVBoxLayout(page);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    m_facts = new QLabel(page);
    m_facts->setWordWrap(true);
    m_facts->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_facts->setTextFormat(Qt::PlainText);
    auto* bars = new QHBoxLayout;
    m_packets = makeProgress(page, static_cast<int>(recording::kEnoughPackets), tr("Packets towards 500"));
    m_seconds = makeProgress(page, static_cast<int>(recording::kEnoughSeconds), tr("Seconds towards 60"));
    bars->addWidget(m_packets);
    bars->addWidget(m_seconds);
    m_notes = new QLineEdit(page);
    m_notes->setAccessibleName(tr("Remark"));
    m_notes->setPlaceholderText(tr("Remark, goes with the recording into its file"));
    m_notes->setMaxLength(4096);
    m_plots = new DistributionPlots(theme(), Qt::Vertical, true, page);
    layout->addWidget(m_facts);
    layout->addLayout(bars);
    layout->addWidget(m_notes);
    layout->addWidget(m_plots);
    layout->addStretch(1);
    area->setWidget(page);
    connect(m_notes, &QLineEdit::editingFinished, this, &RecorderDock::keepNotes);
    connect(m_plots, &DistributionPlots::pictureFailed, this, &RecorderDock::problemArose);
    return area;
}

void RecorderDock::focusChanged(FocusParts parts)
{
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Selection | FocusPart::Filter | FocusPart::Range))
        updateForm();
}

void RecorderDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void RecorderDock::updateForm()
{
    const auto what = static_cast<What>(m_what->currentIndex());
    const SnapshotPtr capture = m_bridge.snapshot(focusState().capture);
    m_filter->setVisible(what != What::SelectedFlows);
    bool ready =
        capture && capture->flows && m_bridge.recordings() != nullptr && !m_service->text().trimmed().isEmpty();
    QString text;
    if (!capture) {
        text = tr("Open a capture first.");
    } else if (!pipeline::canBeRecorded(*capture)) {
        text = tr("The capture is still being read.");
        ready = false;
    } else if (what == What::SelectedFlows) {
        const std::size_t flows = focusState().selection.flows.size();
        text = flows == 0 ? tr("Select flows in the table.")
                          : tr("%n flow(s) selected.", nullptr, static_cast<int>(flows));
        ready = ready && flows > 0;
    } else if (what == What::Filter) {
        m_filter->setPlaceholderText(focusState().filter.isEmpty() ? tr("everything") : focusState().filter);
        text = m_filter->text().isEmpty() ? tr("Empty: what the window's filter shows.") : QString();
    } else {
        m_filter->setPlaceholderText(QStringLiteral("192.0.2.7:443"));
        text = tr("Address and port of either side.");
        ready = ready && !m_filter->text().isEmpty();
    }
    if (capture && focusState().range)
        text += QLatin1Char(' ') + tr("Only packets in the time range.");
    m_whatText->setText(text);
    m_whatText->setVisible(!text.isEmpty());
    m_record->setEnabled(ready);
}

std::optional<pipeline::RecordingSelection> RecorderDock::selectionByFilter(const QString& filter, const QString& words)
{
    pipeline::RecordingSelection selection;
    selection.words = words.toStdString();
    if (filter.isEmpty())
        return selection;
    auto compiled = query::Filter::compile(filter.toStdString());
    if (!compiled.filter) {
        emit problemArose(tr("The filter is not understood: %1").arg(toQString(compiled.error->message)));
        return std::nullopt;
    }
    selection.filter = std::move(compiled.filter);
    return selection;
}

std::optional<pipeline::RecordingSelection> RecorderDock::selection()
{
    const auto what = static_cast<What>(m_what->currentIndex());
    if (what == What::Filter) {
        const QString filter = m_filter->text().isEmpty() ? focusState().filter : m_filter->text();
        return selectionByFilter(filter, filter.isEmpty() ? tr("everything") : filter);
    }
    if (what == What::HostAndPort) {
        const QString place = m_filter->text().trimmed();
        const auto colon = place.lastIndexOf(QLatin1Char(':'));
        const bool bracketed = place.startsWith(QLatin1Char('['));
        const bool port = bracketed ? place.contains(QLatin1String("]:")) : place.count(QLatin1Char(':')) == 1;
        QString host = port ? place.left(colon) : place;
        host.remove(QLatin1Char('[')).remove(QLatin1Char(']'));
        QString filter = QStringLiteral("addr == %1").arg(host);
        if (port)
            filter += QStringLiteral(" and port == %1").arg(place.mid(colon + 1));
        return selectionByFilter(filter, place);
    }
    pipeline::RecordingSelection selection;
    selection.chosenFlows = true;
    selection.flows = focusState().selection.flows;
    selection.words = tr("flows").toStdString();
    for (std::size_t i = 0; i < std::min(kFlowsInWords, selection.flows.size()); ++i)
        selection.words += (i == 0 ? " " : ", ") + std::to_string(selection.flows[i]);
    if (selection.flows.size() > kFlowsInWords)
        selection.words += tr(" and %1 more").arg(selection.flows.size() - kFlowsInWords).toStdString();
    return selection;
}

void RecorderDock::start()
{
    if (!m_record->isEnabled())
        return;
    auto chosen = selection();
    if (!chosen)
        return;
    chosen->range = focusState().range;
    chosen->payloadOnly = m_payloadOnly->isChecked();
    chosen->swapDirections = m_swap->isChecked();
    chosen->idleSeconds = static_cast<std::uint64_t>(m_idle->value());
    pipeline::RecordingRequest request{m_service->text().trimmed().toStdString(), std::move(*chosen),
                                       m_bridge.snapshot(focusState().capture)};
    m_bridge.recordings()->start(
        std::move(request), m_bridge.onWindow<std::uint64_t>(this, [this](Result<std::uint64_t> started) {
            if (!started)
                emit problemArose(toQString(started.error().message));
            else if (m_model->rowCount() > 0)
                m_table->selectRow(m_sorted->mapFromSource(m_model->index(0, 0)).row()); // the newest
        }));
}

void RecorderDock::deskChanged()
{
    if (pipeline::RecordingDesk* desk = m_bridge.recordings())
        m_model->setDesk(*desk->snapshot());
    m_model->setNotes(m_bridge.workspaceNotes());
    if (m_table->selectionModel()->selectedRows().isEmpty() && m_model->rowCount() > 0)
        m_table->selectRow(0);
    selectionChanged();
}

std::vector<const RecordingRow*> RecorderDock::selectedRows() const
{
    std::vector<const RecordingRow*> rows;
    for (const QModelIndex& index : m_table->selectionModel()->selectedRows()) {
        if (const RecordingRow* row = m_model->row(m_sorted->mapToSource(index).row()))
            rows.push_back(row);
    }
    return rows;
}

QString RecorderDock::factsOf(const RecordingRow& row) const
{
    const recording::Recording& head = row.head;
    const auto side = [](const QString& arrow, const recording::SideSums& sums) {
        return tr("%1 %2 packets, %3 ± %4 B, gap %5 ± %6 ms")
            .arg(arrow, formatCount(sums.packets), QString::number(sums.meanSize(), 'f', 0),
                 QString::number(sums.sizeDeviation(), 'f', 0), QString::number(sums.meanGapMs(), 'f', 1),
                 QString::number(sums.gapDeviationMs(), 'f', 1));
    };
    QStringList lines{tr("%1 · %2").arg(toQString(head.facts.service),
                                        row.failure ? toQString(row.failure->message) : endText(head.end)),
                      side(QStringLiteral("↑"), head.figures.of(recording::Direction::Uplink)),
                      side(QStringLiteral("↓"), head.figures.of(recording::Direction::Downlink)),
                      tr("mean entropy %1 bits per byte · key %2 · id %3")
                          .arg(QString::number(head.figures.meanEntropy(), 'f', 2), toQString(head.facts.key),
                               toQString(recording::toHex(head.facts.id).substr(0, 8)))};
    if (head.totalPackets > 0)
        lines << tr("from %1 to %2, capture time%3")
                     .arg(focus().formatTime(head.started, 3), focus().formatTime(head.ended, 3),
                          head.end == recording::EndReason::Interrupted
                              ? tr("; the program ended there, nothing before it is missing")
                              : QString());
    if (head.swapped)
        lines << tr("Directions are swapped: ↑ is what the responder sends.");
    if (head.totalPackets > recording::kMaxPackets)
        lines << tr("The first %1 packets are kept; later ones only count.").arg(formatCount(recording::kMaxPackets));
    if (head.refusedPackets > 0)
        lines << tr("%1 packets were refused: their figures were no numbers.").arg(formatCount(head.refusedPackets));
    return lines.join(QLatin1Char('\n'));
}

void RecorderDock::showRow(const RecordingRow& row)
{
    m_facts->setText(factsOf(row));
    const auto packets = std::min(row.head.totalPackets, recording::kEnoughPackets);
    const double seconds = std::min(row.head.seconds(), static_cast<double>(recording::kEnoughSeconds));
    m_packets->setValue(static_cast<int>(packets));
    m_packets->setFormat(tr("%1 of 500 packets").arg(formatCount(row.head.totalPackets)));
    m_seconds->setValue(static_cast<int>(seconds));
    m_seconds->setFormat(tr("%1 of 60 s").arg(QString::number(row.head.seconds(), 'f', 0)));
    if (!m_notes->hasFocus())
        m_notes->setText(toQString(row.head.notes));
    if (row.running())
        m_plots->show({row.histograms, toQString(row.head.facts.service)});
    else if (m_shown != row.head.facts.id)
        showStored(row.head.facts.id);
    m_shown = row.running() ? recording::SessionId{} : row.head.facts.id;
}

void RecorderDock::showStored(const recording::SessionId& id)
{
    m_bridge.recordings()->loadRecording(
        id, m_bridge.onWindow<recording::Recording>(this, [this, id](Result<recording::Recording> loaded) {
            if (loaded && m_shown == id)
                m_plots->show({histogramsOf(loaded->packets), toQString(loaded->facts.service)});
        }));
}

void RecorderDock::selectionChanged()
{
    const auto rows = selectedRows();
    const auto running = std::count_if(rows.begin(), rows.end(), [](const auto* row) { return row->running(); });
    const bool allRun = !rows.empty() && running == static_cast<std::ptrdiff_t>(rows.size());
    m_stop->setEnabled(running > 0);
    m_discard->setEnabled(!rows.empty());
    m_discard->setText(allRun ? tr("&Discard") : tr("De&lete…"));
    m_mask->setEnabled(rows.size() == 1 && running == 0);
    m_check->setEnabled(m_mask->isEnabled());
    m_notes->setEnabled(rows.size() == 1 && running == 0);
    const bool compared = rows.size() == 2 && running == 0;
    for (QWidget* part :
         {static_cast<QWidget*>(m_packets), static_cast<QWidget*>(m_seconds), static_cast<QWidget*>(m_notes)})
        part->setVisible(rows.size() == 1);
    m_plots->setVisible(rows.size() == 1 || compared);
    if (compared) {
        m_facts->setText(
            tr("Compared: “%1” (lines) and “%2” (dots). The distance is the largest difference between the "
               "two cumulative distributions: 0 is the same, 1 has nothing in common.")
                .arg(toQString(rows[0]->head.facts.service), toQString(rows[1]->head.facts.service)));
        const std::array pair{rows[0]->head.facts.id, rows[1]->head.facts.id};
        if (m_pair != pair)
            showPair(pair[0], pair[1]);
        m_pair = pair;
        m_shown = {};
        return;
    }
    m_pair.reset();
    if (rows.size() == 1) {
        showRow(*rows.front());
        return;
    }
    m_shown = {};
    m_plots->clear();
    m_notes->clear();
    m_facts->setText(rows.empty()
                         ? tr("Recordings show here, with how sizes, gaps and entropy are distributed. Select two "
                              "to compare them.")
                         : tr("%1 recordings selected.").arg(rows.size()));
}

void RecorderDock::keepNotes()
{
    const auto rows = selectedRows();
    if (rows.size() != 1 || rows.front()->running() || toQString(rows.front()->head.notes) == m_notes->text())
        return;
    m_bridge.recordings()->setNotes(rows.front()->head.facts.id, m_notes->text().toStdString());
}

} // namespace timbre::ui
