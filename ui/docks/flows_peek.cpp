#include "ui/docks/flows_peek.h"

#include "ui/plots/flow_facts.h"

#include <QtWidgets/QBoxLayout>
#include <QtWidgets/QLabel>

namespace timbre::ui {

namespace {

constexpr std::size_t kFactColumns = 2;

QString cell(const QString& color, const QString& text, int padding)
{
    return QStringLiteral("<td style='color:%1; padding-right:%2px'>%3</td>")
        .arg(color)
        .arg(padding)
        .arg(QString(text.toHtmlEscaped()).replace(QLatin1Char('\n'), QLatin1String("<br/>")));
}

} // namespace

FlowsPeek::FlowsPeek(const Focus& focus, const Theme& theme, QWidget* parent)
    : QFrame(parent)
    , m_focus(focus)
    , m_theme(theme)
    , m_title(new QLabel(this))
    , m_facts(new QLabel(this))
{
    setFrameStyle(QFrame::Box | QFrame::Plain);
    setAutoFillBackground(true);
    setBackgroundRole(QPalette::ToolTipBase);
    setAttribute(Qt::WA_TransparentForMouseEvents);
    setFocusPolicy(Qt::NoFocus);
    m_title->setTextFormat(Qt::PlainText);
    m_facts->setTextFormat(Qt::RichText);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(Theme::kMargin, Theme::kMargin, Theme::kMargin, Theme::kMargin);
    layout->setSpacing(Theme::kGrid);
    layout->addWidget(m_title);
    layout->addWidget(m_facts);
    hide();
}

void FlowsPeek::showFlow(const flow::FlowSnapshot& flows, const flow::FlowRecord& record)
{
    const auto facts = factsOf(flows, record, m_focus);
    const QString muted = m_theme.color(Role::Muted).name();
    const QString plain = m_theme.color(Role::Text).name();
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    for (const SideFact& fact : sideFacts(record))
        html += QStringLiteral("<tr>") + cell(muted, fact.name, 8) +
                cell(m_theme.color(Role::Up).name(), QStringLiteral("↑ ") + fact.up, 24) +
                cell(m_theme.color(Role::Down).name(), QStringLiteral("↓ ") + fact.down, 24) + QStringLiteral("</tr>");
    html += QStringLiteral("</table><table cellspacing='0' cellpadding='1'>");
    const std::size_t lines = (facts.size() + kFactColumns - 1) / kFactColumns;
    for (std::size_t line = 0; line < lines; ++line) {
        html += QStringLiteral("<tr>");
        for (std::size_t i = line; i < facts.size(); i += lines)
            html += cell(muted, facts[i].name, 8) + cell(plain, facts[i].value, 24);
        html += QStringLiteral("</tr>");
    }
    fill(flowTitle(record) + QStringLiteral("  ·  ") + flowKind(record), m_theme.fixedFont(),
         html + QStringLiteral("</table>"));
}

void FlowsPeek::showFacts(const QString& title, const std::vector<PeekFact>& facts)
{
    const QString muted = m_theme.color(Role::Muted).name();
    const QString plain = m_theme.color(Role::Text).name();
    QString html = QStringLiteral("<table cellspacing='0' cellpadding='1'>");
    for (const PeekFact& fact : facts)
        html +=
            QStringLiteral("<tr>") + cell(muted, fact.name, 8) + cell(plain, fact.value, 0) + QStringLiteral("</tr>");
    QFont bold = font();
    bold.setBold(true);
    fill(title, bold, html + QStringLiteral("</table>"));
}

void FlowsPeek::fill(const QString& title, const QFont& titleFont, const QString& html)
{
    QPalette colors = m_theme.palette();
    m_title->setPalette(colors);
    colors.setColor(QPalette::ToolTipText, m_theme.mixed(Role::Muted, Role::Line, 0.4)); // the frame
    setPalette(colors);
    m_title->setFont(titleFont);
    m_title->setText(title);
    m_facts->setText(html);
    setAccessibleName(title);
    for (QLabel* label : {m_title, m_facts}) { // wide as its words, but no wider than the window
        label->setWordWrap(false);
        label->setMinimumWidth(0);
        const int room = parentWidget()->width() - 6 * Theme::kMargin;
        if (label->sizeHint().width() > room) {
            label->setWordWrap(true);
            label->setMinimumWidth(room);
        }
    }
    adjustSize();
}

void FlowsPeek::placeBeside(const QRect& row)
{
    const QRect room = parentWidget()->rect();
    const int left = std::min(row.left() + Theme::kMargin * 3, std::max(0, room.width() - width()));
    const bool fitsBelow = row.bottom() + Theme::kGrid + height() <= room.bottom();
    const int above = row.top() - Theme::kGrid - height();
    move(left, fitsBelow ? row.bottom() + Theme::kGrid : std::max(0, above));
    raise();
}

} // namespace timbre::ui
