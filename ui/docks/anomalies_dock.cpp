#include "ui/docks/anomalies_dock.h"

#include "engine/pipeline/note_book.h"
#include "engine/trends/entity_view.h"
#include "ui/dialogs/suppress_dialog.h"
#include "ui/dialogs/suppressions_dialog.h"
#include "ui/docks/evidence_drawer.h"
#include "ui/docks/table_actions.h"
#include "ui/models/anomalies_model.h"
#include "ui/models/format.h"
#include "ui/models/table_setup.h"
#include "ui/models/trend_texts.h"

#include <QtGui/QAction>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QStackedWidget>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTextBrowser>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace timbre::ui {

namespace {

using Column = AnomaliesModel::Column;

void setWidths(QTableView& table)
{
    QHeaderView* header = table.horizontalHeader();
    const auto width = [&](Column column, int pixels) { header->resizeSection(static_cast<int>(column), pixels); };
    width(Column::Severity, 84);
    width(Column::Detected, 168);
    width(Column::Kind, 164);
    width(Column::What, 420);
    width(Column::Count, 60);
    header->setStretchLastSection(true);
}

/// One line of evidence: what was measured, and the figure.
QString line(const QString& name, const QString& value)
{
    return QStringLiteral("<tr><td style='padding-right:12px'>%1</td><td>%2</td></tr>")
        .arg(name.toHtmlEscaped(), value.toHtmlEscaped());
}

QString evidenceLines(const trends::Evidence& e)
{
    QString html;
    const auto text = [&](const QString& name, const std::string& value) {
        if (!value.empty())
            html += line(name, toQString(value));
    };
    const auto number = [&](const QString& name, const auto& value) {
        if (value)
            html += line(name, QString::number(*value));
    };
    text(AnomaliesDock::tr("Before"), e.previousValue);
    text(AnomaliesDock::tr("Now"), e.newValue);
    text(AnomaliesDock::tr("Pattern"), e.pathTemplate);
    text(AnomaliesDock::tr("Token hash"), e.tokenHashPrefix);
    number(AnomaliesDock::tr("Measured"), e.actual);
    number(AnomaliesDock::tr("Threshold"), e.threshold);
    number(AnomaliesDock::tr("Addresses"), e.ipCount);
    number(AnomaliesDock::tr("Different values"), e.changeCount);
    if (e.timeDeltaMs)
        html += line(AnomaliesDock::tr("Within"), formatDuration(*e.timeDeltaMs * 1'000'000));
    return html;
}

} // namespace

AnomaliesDock::AnomaliesDock(EngineBridge& bridge, Focus& focus, Theme& theme, QWidget* parent)
    : Dock({QStringLiteral("anomalies"), tr("Anomalies"), QStringLiteral("anomalies"), 0, true}, focus, theme, parent)
    , m_bridge(bridge)
    , m_model(new AnomaliesModel(theme, focus, this))
    , m_shown(new ShownAnomalies(*m_model, this))
    , m_pages(new QStackedWidget(this))
    , m_empty(new EmptyState({}, m_pages))
    , m_table(new QTableView(m_pages))
{
    setUpTable(*m_table);
    m_table->setModel(m_shown);
    m_table->setSortingEnabled(true);
    m_table->sortByColumn(static_cast<int>(Column::Detected), Qt::AscendingOrder);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setAccessibleName(tr("Anomalies"));
    setWidths(*m_table);
    keepColumns(*m_table, QStringLiteral("anomalies"));
    auto* actions = new TableActions(*m_table, m_bridge, *this, focus, theme,
                                     [this](const QModelIndex& at) { return meaningOf(at); });
    actions->setOpen(tr("Go to the flows"), [this](const QModelIndex&) { selectFlows(); });
    actions->setMore([this](QMenu& menu, const QModelIndex&) {
        menu.addAction(&m_drawer->toggleAction());
        menu.addAction(tr("S&uppress…"), this, &AnomaliesDock::suppress);
        menu.addSeparator();
        addNoteActions(menu);
    });
    m_drawer = makeDrawer();
    m_pages->addWidget(m_empty);
    m_pages->addWidget(new EvidenceSplit(*makeList(), *m_drawer));
    auto* body = new QWidget(this);
    auto* layout = new QVBoxLayout(body);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_pages, 1);
    layout->addWidget(makeUndoLine());
    setWidget(body);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &AnomaliesDock::showEvidence);
    connect(&bridge, &EngineBridge::captureChanged, this, [this](CaptureId id) {
        if (id == focusState().capture)
            refresh();
    });
    connect(&bridge, &EngineBridge::workspaceChanged, this, &AnomaliesDock::refresh);
    refresh();
}

EvidenceDrawer* AnomaliesDock::makeDrawer()
{
    m_evidence = new QTextBrowser(m_pages);
    m_evidence->setFrameShape(QFrame::NoFrame);
    m_evidence->setOpenLinks(false);
    m_evidence->document()->setDocumentMargin(0);
    m_evidence->setAccessibleName(tr("What made the chosen row"));
    auto* drawer = new EvidenceDrawer(*this, theme(), *m_table, *m_evidence);
    m_suppress = &drawer->addButton(tr("Suppress…"), tr("Hide this and others like it, with a reason"));
    connect(m_suppress, &QPushButton::clicked, this, &AnomaliesDock::suppress);
    connect(drawer, &EvidenceDrawer::flowsWanted, this, &AnomaliesDock::selectFlows);
    connect(drawer, &EvidenceDrawer::packetsWanted, this, &AnomaliesDock::selectPackets);
    return drawer;
}

/// The table, and below it how much of it is on screen.
QWidget* AnomaliesDock::makeList()
{
    auto* list = new QWidget(m_pages);
    m_hidden = new QLabel(list);
    m_hidden->setForegroundRole(QPalette::PlaceholderText);
    m_rules = new QPushButton(tr("Rules"), list);
    m_rules->setToolTip(tr("What is suppressed, how many rows each rule hides, and the way to take it back"));
    connect(m_rules, &QPushButton::clicked, this, &AnomaliesDock::showSuppressions);
    m_showHidden = new QToolButton(list);
    m_showHidden->setText(tr("Show hidden"));
    m_showHidden->setToolTip(tr("List suppressed rows as well"));
    m_showHidden->setCheckable(true);
    connect(m_showHidden, &QToolButton::toggled, this, [this](bool shown) {
        m_shown->setHiddenShown(shown);
        updateCounts();
    });
    auto* foot = new QHBoxLayout;
    foot->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kMargin);
    foot->addWidget(m_hidden, 1);
    foot->addWidget(m_showHidden);
    foot->addWidget(m_rules);
    auto* layout = new QVBoxLayout(list);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_table, 1);
    layout->addLayout(foot);
    return list;
}

QWidget* AnomaliesDock::makeUndoLine()
{
    m_undoLine = new QWidget(this);
    m_undoText = new QLabel(m_undoLine);
    m_undoText->setForegroundRole(QPalette::PlaceholderText);
    auto* undo = new QPushButton(tr("&Undo"), m_undoLine);
    auto* line = new QHBoxLayout(m_undoLine);
    line->setContentsMargins(Theme::kMargin, Theme::kGrid, Theme::kMargin, Theme::kGrid);
    line->addWidget(m_undoText, 1);
    line->addWidget(undo);
    m_undoLine->hide();
    connect(undo, &QPushButton::clicked, this, &AnomaliesDock::undoSuppress);
    return m_undoLine;
}

RowMeaning AnomaliesDock::meaningOf(const QModelIndex& index) const
{
    const trends::Anomaly& anomaly = m_model->row(m_shown->mapToSource(index).row()).anomaly;
    RowMeaning meaning;
    meaning.flows = anomaly.flows;
    QStringList entities;
    for (const StringId entity : anomaly.entities)
        entities << toQString(m_model->result()->text(entity));
    if (static_cast<Column>(index.column()) == Column::Entities && !entities.isEmpty())
        meaning.terms << QStringLiteral("addr in {%1}").arg(entities.join(QLatin1Char(' ')));
    meaning.terms << QStringLiteral("anomaly.kind == %1").arg(QString::fromLatin1(toString(anomaly.type)));
    return meaning;
}

QWidget* AnomaliesDock::focusTarget()
{
    return m_pages->currentIndex() == 0 ? static_cast<QWidget*>(m_empty) : m_table;
}

void AnomaliesDock::focusChanged(FocusParts parts)
{
    if (parts.testFlag(FocusPart::Zone))
        m_model->zoneChanged();
    if (parts & (FocusParts(FocusPart::Capture) | FocusPart::Range))
        refresh();
}

void AnomaliesDock::themeChanged()
{
    Dock::themeChanged();
    m_table->viewport()->update();
}

void AnomaliesDock::refresh()
{
    const CaptureId capture = focusState().capture;
    const SnapshotPtr snapshot = m_bridge.snapshot(capture);
    m_shown->setRange(std::nullopt);
    m_model->setResult(snapshot ? snapshot->trends : nullptr, capture == m_shownCapture);
    if (capture != m_shownCapture)
        m_undoLine->hide();
    m_shownCapture = capture;
    m_shown->setRange(focusState().range);
    m_shown->setSuppressions(m_bridge.suppressions());
    const bool reading = snapshot && snapshot->phase == pipeline::Phase::Reading;
    m_empty->setText(!snapshot ? tr("What stands out in a capture is listed here: tokens in several hands, changing "
                                    "fingerprints, bursts, sizes out of line.")
                     : reading ? tr("Nothing found so far.")
                               : tr("Nothing stands out in this capture."));
    m_pages->setCurrentIndex(m_model->rowCount() == 0 ? 0 : 1);
    updateCounts();
    showEvidence();
}

void AnomaliesDock::updateCounts()
{
    const int hidden = m_shown->hiddenRows();
    QString counts = formatCounted(static_cast<std::uint64_t>(m_shown->rowCount()), tr("1 row"), tr("%1 rows"));
    if (hidden > 0)
        counts = tr("%1, %2 hidden").arg(counts, formatCount(static_cast<std::uint64_t>(hidden)));
    m_hidden->setText(counts);
    m_rules->setEnabled(!m_bridge.suppressions().empty());
    m_showHidden->setVisible(hidden > 0 || m_showHidden->isChecked());
    constexpr int kMostMarks = 512; // closer than pixels anyway
    std::vector<Timestamp> moments;
    for (int row = 0; row < m_shown->rowCount() && row < kMostMarks; ++row)
        moments.push_back(
            timeOfMs(m_model->row(m_shown->mapToSource(m_shown->index(row, 0)).row()).anomaly.detectedMs));
    emit marksChanged(moments);
}

/// A rule finds or does not find: what stands for its confidence is how far the limit was passed.
EvidenceHead AnomaliesDock::headOf(const trends::Anomaly& anomaly)
{
    EvidenceHead head{.subject = titleText(anomaly.type),
                      .state = roleOf(anomaly.severity),
                      .verdict = severityTitle(anomaly.severity)};
    if (anomaly.evidence.actual && anomaly.evidence.threshold)
        head.sureness =
            tr("%1 where up to %2 is usual")
                .arg(QString::number(*anomaly.evidence.actual), QString::number(*anomaly.evidence.threshold));
    return head;
}

int AnomaliesDock::currentRow() const
{
    const QModelIndex current = m_table->currentIndex();
    return current.isValid() ? m_shown->mapToSource(current).row() : -1;
}

void AnomaliesDock::showEvidence()
{
    const int row = currentRow();
    const bool some = row >= 0 && row < m_model->rowCount();
    const bool hasFlows = some && !m_model->row(row).anomaly.flows.empty();
    m_drawer->setWays(hasFlows, hasFlows);
    m_suppress->setEnabled(some);
    if (!some) {
        m_drawer->setHead({.subject = tr("Choose a row to see what made it.")});
        m_evidence->clear();
        return;
    }
    const trends::AnomalyRow& shown = m_model->row(row);
    const trends::Anomaly& anomaly = shown.anomaly;
    m_drawer->setHead(headOf(anomaly));
    QString html =
        QStringLiteral("<p>%1</p><table>").arg(sentenceText(anomaly, *m_model->result()->names).toHtmlEscaped());
    html += evidenceLines(anomaly.evidence);
    if (const StringId shared = trends::sharedValueOf(*m_model->result(), anomaly); shared != 0)
        html += line(tr("Shared value"), toQString(m_model->result()->text(shared)));
    html += line(tr("First"), focus().formatTime(timeOfMs(anomaly.detectedMs), 3));
    if (shown.count > 1)
        html += line(tr("Last"), focus().formatTime(timeOfMs(shown.lastMs), 3));
    html += line(tr("Risk"), anomaly.risk ? tr("%1 points each time").arg(*anomaly.risk) : tr("none set"));
    html += line(tr("Flows"), formatCount(anomaly.flows.size()));
    QStringList names;
    for (const StringId entity : anomaly.entities)
        names.append(toQString(m_model->result()->text(entity)));
    html += line(tr("Addresses"), names.isEmpty() ? tr("none in particular") : names.join(QStringLiteral(", ")));
    m_evidence->setHtml(html + QStringLiteral("</table>"));
}

void AnomaliesDock::goTo(int step)
{
    const QModelIndex current = m_table->currentIndex(); // before: a table that gets the keyboard chooses its first row
    bringToFront();
    const int rows = m_shown->rowCount();
    if (rows == 0)
        return;
    const int next = current.isValid() ? std::clamp(current.row() + step, 0, rows - 1) : (step > 0 ? 0 : rows - 1);
    m_table->selectRow(next);
    m_table->setCurrentIndex(m_shown->index(next, 0));
}

void AnomaliesDock::selectFlows()
{
    const int row = currentRow();
    if (row < 0 || m_model->row(row).anomaly.flows.empty())
        return;
    const auto& flows = m_model->row(row).anomaly.flows;
    focus().setSelection(flows, flows.front());
    emit flowsRequested();
}

void AnomaliesDock::selectPackets()
{
    selectFlows();
    emit packetsRequested();
}

QString AnomaliesDock::objectOf(int row) const
{
    const trends::Anomaly& anomaly = m_model->row(row).anomaly;
    QStringList entities;
    for (const StringId entity : anomaly.entities)
        entities << toQString(m_model->result()->text(entity));
    return QStringLiteral("%1 %2 %3")
        .arg(QLatin1String(toString(anomaly.type)))
        .arg(anomaly.detectedMs)
        .arg(entities.join(QLatin1Char(',')));
}

std::optional<NoteChoice> AnomaliesDock::noteChoice() const
{
    const int row = currentRow();
    if (row < 0 || row >= m_model->rowCount())
        return std::nullopt;
    const trends::AnomalyRow& shown = m_model->row(row);
    store::Note note = pipeline::noteAbout(store::NoteSubject::Anomaly, objectOf(row).toStdString());
    note.range =
        TimeRange{timeOfMs(shown.anomaly.detectedMs), timeOfMs(std::max(shown.anomaly.detectedMs, shown.lastMs))};
    return NoteChoice{
        tr("Anomaly: %1, %2")
            .arg(titleText(shown.anomaly.type), focus().formatTime(timeOfMs(shown.anomaly.detectedMs), 0)),
        std::move(note)};
}

bool AnomaliesDock::select(const QString& object)
{
    for (int row = 0; row < m_model->rowCount(); ++row) {
        if (objectOf(row) != object)
            continue;
        const QModelIndex index = m_shown->mapFromSource(m_model->index(row, 0));
        m_table->setCurrentIndex(index);
        m_table->scrollTo(index);
        return index.isValid(); // not when it is hidden by a rule or the time range
    }
    return false;
}

void AnomaliesDock::suppress()
{
    const int row = currentRow();
    if (row < 0)
        return;
    SuppressDialog dialog(m_model->row(row).anomaly, *m_model->result(), focusState().range, this);
    if (dialog.exec() == QDialog::Accepted)
        suppressBy(dialog.suppression());
}

void AnomaliesDock::suppressBy(const trends::Suppression& rule)
{
    m_bridge.suppress(rule);
    m_lastRule = rule;
    m_undoText->setText(tr("Hidden: %1").arg(scopeSentence(rule)));
    m_undoLine->show();
}

/// The workspace gave the rule its number: it is the newest that says the same.
void AnomaliesDock::undoSuppress()
{
    m_undoLine->hide();
    auto rules = m_bridge.suppressions();
    const auto same = [this](trends::Suppression rule) {
        rule.id = m_lastRule.id;
        return rule == m_lastRule;
    };
    const auto found = std::find_if(rules.rbegin(), rules.rend(), same);
    if (found != rules.rend())
        m_bridge.unsuppress(found->id);
}

void AnomaliesDock::showSuppressions()
{
    SuppressionsDialog(m_bridge, *m_shown, focus(), this).exec();
}

} // namespace timbre::ui
