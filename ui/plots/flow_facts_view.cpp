#include "ui/plots/flow_facts_view.h"

#include "ui/filter/filter_menu.h"
#include "ui/models/format.h"
#include "ui/plots/state_path.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>

namespace timbre::ui {

namespace {

constexpr auto kFilterProperty = "timbreFilter";
constexpr auto kExactProperty = "timbreExact";
constexpr int kWidestSides = 420; // a figure stays near its name

QLabel* heading(const QString& text, QWidget* parent)
{
    auto* label = new QLabel(text, parent);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

} // namespace

FlowFactsView::FlowFactsView(Focus& focus, Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_focus(focus)
    , m_theme(theme)
{
    m_title = makeLabel(true);
    m_title->setWordWrap(true);
    m_kind = makeLabel(true);
    m_outer = new QToolButton(this);
    m_outer->setAutoRaise(true);
    m_outer->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_outer->setToolTip(tr("Select the flow whose packets carry this one"));
    connect(m_outer, &QToolButton::clicked, this, [this] { emit flowChosen(m_outerFlow); });

    m_factGrid = new QGridLayout;
    m_factGrid->setHorizontalSpacing(Theme::kMargin);
    m_factGrid->setVerticalSpacing(2);
    m_factGrid->setColumnStretch(1, 1);
    auto* sides = new QWidget(this);
    sides->setMaximumWidth(kWidestSides);
    m_sideGrid = new QGridLayout(sides);
    m_sideGrid->setContentsMargins(0, 0, 0, 0);
    m_sideGrid->setHorizontalSpacing(2 * Theme::kMargin);
    m_sideGrid->setVerticalSpacing(2);
    m_sideGrid->setColumnStretch(0, 1);
    m_upHead = heading(tr("↑ Initiator"), this);
    m_downHead = heading(tr("↓ Responder"), this);
    m_sideGrid->addWidget(m_upHead, 0, 1, Qt::AlignRight);
    m_sideGrid->addWidget(m_downHead, 0, 2, Qt::AlignRight);

    m_tcp = new QWidget(this);
    auto* tcp = new QVBoxLayout(m_tcp);
    tcp->setContentsMargins(0, 0, 0, 0);
    tcp->setSpacing(Theme::kGrid);
    auto* historyLine = new QHBoxLayout;
    historyLine->setSpacing(Theme::kMargin);
    m_letters = makeLabel(true);
    m_letters->setToolTip(
        tr("One letter per event: S SYN, D data, F FIN, R RST. Capital letters are the initiator's."));
    historyLine->addWidget(heading(tr("TCP history"), m_tcp));
    historyLine->addWidget(m_letters);
    historyLine->addStretch(1);
    m_letterWords = makeLabel(true);
    m_letterWords->setWordWrap(true);
    m_statePath = new StatePath(theme, m_tcp);
    tcp->addLayout(historyLine);
    tcp->addWidget(m_letterWords);
    tcp->addWidget(m_statePath);

    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(Theme::kMargin);
    layout->addWidget(m_title);
    layout->addWidget(m_kind);
    layout->addWidget(m_outer, 0, Qt::AlignLeft);
    layout->addLayout(m_factGrid);
    layout->addWidget(sides);
    layout->addWidget(m_tcp);
    connect(&theme, &Theme::changed, this, &FlowFactsView::restyle);
    restyle();
}

QLabel* FlowFactsView::makeLabel(bool selectable)
{
    auto* label = new QLabel(this);
    label->setTextFormat(Qt::PlainText); // names come from packets
    if (selectable) {
        label->setTextInteractionFlags(Qt::TextSelectableByMouse);
        label->setContextMenuPolicy(Qt::CustomContextMenu);
        connect(label, &QWidget::customContextMenuRequested, this,
                [this, label](const QPoint& position) { showMenu(*label, label->mapToGlobal(position)); });
    }
    return label;
}

void FlowFactsView::restyle()
{
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_letters->setFont(m_theme.fixedFont());
    const auto colour = [this](QLabel* label, Role role) {
        QPalette palette = m_theme.palette();
        palette.setColor(QPalette::PlaceholderText, m_theme.color(role));
        label->setPalette(palette);
    };
    colour(m_upHead, Role::Up);
    colour(m_downHead, Role::Down);
}

FlowFactsView::Line& FlowFactsView::line(std::vector<Line>& lines, std::size_t index, QGridLayout& grid, bool sides)
{
    while (lines.size() <= index) {
        const int row = static_cast<int>(lines.size()) + (sides ? 1 : 0);
        Line added;
        added.name = heading({}, this);
        added.value = makeLabel(true);
        grid.addWidget(added.name, row, 0, Qt::AlignTop);
        if (sides) {
            added.name->setWordWrap(true); // a narrow dock gives the figures the room they need
            added.second = makeLabel(true);
            grid.addWidget(added.value, row, 1, Qt::AlignRight | Qt::AlignTop);
            grid.addWidget(added.second, row, 2, Qt::AlignRight | Qt::AlignTop);
        } else {
            added.value->setWordWrap(true);
            grid.addWidget(added.value, row, 1);
        }
        lines.push_back(added);
    }
    return lines[index];
}

void FlowFactsView::fillFacts(const std::vector<Fact>& facts)
{
    for (std::size_t i = 0; i < facts.size(); ++i) {
        Line& at = line(m_facts, i, *m_factGrid, false);
        at.name->setText(facts[i].name);
        at.value->setText(facts[i].value);
        at.value->setFont(facts[i].fixedFont ? m_theme.fixedFont() : font());
        at.value->setToolTip(facts[i].exact);
        at.value->setAccessibleName(facts[i].name + QStringLiteral(": ") + facts[i].value);
        at.value->setProperty(kFilterProperty, facts[i].filter);
        at.value->setProperty(kExactProperty, facts[i].exact);
    }
    for (std::size_t i = 0; i < m_facts.size(); ++i) {
        m_facts[i].name->setVisible(i < facts.size());
        m_facts[i].value->setVisible(i < facts.size());
    }
}

void FlowFactsView::fillSides(const std::vector<SideFact>& facts)
{
    for (std::size_t i = 0; i < facts.size(); ++i) {
        Line& at = line(m_sides, i, *m_sideGrid, true);
        at.name->setText(facts[i].name);
        at.value->setText(facts[i].up);
        at.second->setText(facts[i].down);
        at.value->setToolTip(facts[i].exactUp);
        at.second->setToolTip(facts[i].exactDown);
        at.value->setAccessibleName(tr("%1 of the initiator: %2").arg(facts[i].name, facts[i].up));
        at.second->setAccessibleName(tr("%1 of the responder: %2").arg(facts[i].name, facts[i].down));
    }
    for (std::size_t i = 0; i < m_sides.size(); ++i) {
        for (QLabel* label : {m_sides[i].name, m_sides[i].value, m_sides[i].second})
            label->setVisible(i < facts.size());
    }
}

void FlowFactsView::showFlow(const flow::FlowSnapshot& flows, const flow::FlowRecord& record)
{
    m_title->setText(flowTitle(record));
    m_kind->setText(flowKind(record));
    m_outerFlow = record.outerFlow;
    m_outer->setVisible(record.outerFlow < flows.size());
    if (record.outerFlow < flows.size())
        m_outer->setText(tr("Carried by %1").arg(flowTitle(flows[record.outerFlow])));
    fillFacts(factsOf(flows, record, m_focus));
    fillSides(sideFacts(record));
    const bool tcp = record.key.l4 == decode::L4::Tcp;
    m_tcp->setVisible(tcp);
    if (tcp) {
        m_letters->setText(toQString(record.historyText()));
        m_letterWords->setText(historyWords(record.historyText()));
        m_statePath->setSteps(statePath(record));
    }
}

QString FlowFactsView::valueOf(const QString& name) const
{
    for (const Line& at : m_facts) {
        if (!at.value->isHidden() && at.name->text() == name)
            return at.value->text();
    }
    for (const Line& at : m_sides) {
        if (!at.value->isHidden() && at.name->text() == name)
            return at.value->text() + QStringLiteral(" / ") + at.second->text();
    }
    return {};
}

QString FlowFactsView::title() const
{
    return m_title->text();
}

QString FlowFactsView::history() const
{
    return m_letterWords->text();
}

void FlowFactsView::showMenu(const QLabel& label, const QPoint& position)
{
    QMenu menu(this);
    const QString filter = label.property(kFilterProperty).toString();
    if (!filter.isEmpty())
        addFilterActions(menu, m_focus, filter);
    menu.addSeparator();
    const QString exact = label.property(kExactProperty).toString();
    const QString text = label.selectedText().isEmpty() ? label.text() : label.selectedText();
    menu.addAction(tr("Copy"), &menu, [text] { QGuiApplication::clipboard()->setText(text); });
    if (!exact.isEmpty())
        menu.addAction(tr("Copy exact value"), &menu, [exact] { QGuiApplication::clipboard()->setText(exact); });
    menu.exec(position);
}

} // namespace timbre::ui
