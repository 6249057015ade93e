#include "ui/plots/state_path.h"

#include "ui/theme/theme.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QPainter>

#include <algorithm>
#include <array>

using namespace Qt::Literals::StringLiterals;

namespace timbre::ui {

namespace {

using flow::TcpState;

constexpr std::array kNormalWay = {TcpState::Active,      TcpState::SynSent, TcpState::SynReceived,
                                   TcpState::Established, TcpState::FinWait, TcpState::ClosingTcp,
                                   TcpState::Closed};
constexpr int kArrow = 14;
constexpr int kPadding = 6;
constexpr int kLineGap = 4;

QString tr(const char* text)
{
    return QCoreApplication::translate("timbre::ui", text);
}

/// How far along the normal way a flow that was reset had come, as far as can be told.
std::size_t wayBeforeReset(const flow::FlowRecord& record)
{
    const std::string_view letters = record.historyText();
    if (letters.empty() || letters.front() != 'S')
        return 0; // first seen in the middle
    const bool answered = letters.find('s') != std::string_view::npos;
    if (!answered)
        return 1;
    const bool goesOn = letters.find_first_of("DdFf") != std::string_view::npos;
    if (record.handshakeRttNs == flow::kUnknownNs && !goesOn)
        return 2;
    const auto fins = std::count_if(letters.begin(), letters.end(), [](char c) { return c == 'F' || c == 'f'; });
    return 3 + static_cast<std::size_t>(std::min<std::ptrdiff_t>(fins, 2));
}

} // namespace

std::vector<StateStep> statePath(const flow::FlowRecord& record)
{
    const bool reset = record.state == TcpState::Reset;
    const auto at = std::find(kNormalWay.begin(), kNormalWay.end(), record.state);
    const std::size_t reached = reset ? wayBeforeReset(record) : static_cast<std::size_t>(at - kNormalWay.begin());
    std::vector<StateStep> steps;
    for (std::size_t i = 0; i < kNormalWay.size(); ++i)
        steps.push_back({kNormalWay[i], i <= reached, !reset && i == reached});
    if (reset)
        steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(reached) + 1, {TcpState::Reset, true, true});
    return steps;
}

QString stateWords(TcpState state)
{
    switch (state) {
    case TcpState::Active:
        return tr("first packet");
    case TcpState::SynSent:
        return tr("SYN sent");
    case TcpState::SynReceived:
        return tr("SYN answered");
    case TcpState::Established:
        return tr("established");
    case TcpState::FinWait:
        return tr("first FIN");
    case TcpState::ClosingTcp:
        return tr("second FIN");
    case TcpState::Closed:
        return tr("closed");
    case TcpState::Reset:
        return tr("reset");
    }
    return {};
}

QString historyWords(std::string_view letters)
{
    QStringList words;
    for (std::size_t i = 0; i < letters.size();) {
        std::size_t run = 1;
        while (i + run < letters.size() && letters[i + run] == letters[i])
            ++run;
        const char letter = letters[i];
        const bool up = letter >= 'A' && letter <= 'Z';
        const char upper = up ? letter : static_cast<char>(letter - 'a' + 'A');
        const QString kind = upper == 'S' ? u"SYN"_s : upper == 'F' ? u"FIN"_s : upper == 'R' ? u"RST"_s : tr("data");
        words.append(kind + (up ? u" ↑"_s : u" ↓"_s) + (run > 1 ? u" ×%1"_s.arg(run) : QString()));
        i += run;
    }
    QString text = words.join(u", "_s);
    if (letters.size() == flow::kHistoryLength)
        text += tr(" … (only the first 16 are kept)");
    return text;
}

StatePath::StatePath(Theme& theme, QWidget* parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setAccessibleName(tr("TCP states"));
    QSizePolicy policy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    policy.setHeightForWidth(true);
    setSizePolicy(policy);
    connect(&theme, &Theme::changed, this, qOverload<>(&QWidget::update));
}

void StatePath::setSteps(std::vector<StateStep> steps)
{
    m_steps = std::move(steps);
    QStringList passed;
    for (const StateStep& step : m_steps) {
        if (step.passed)
            passed.append(stateWords(step.state));
    }
    setAccessibleDescription(passed.join(u", "_s));
    setToolTip(tr("Passed: %1").arg(passed.join(u" → "_s)));
    updateGeometry();
    update();
}

QString StatePath::words(const StateStep& step) const
{
    return step.passed && !step.last ? u"✓ "_s + stateWords(step.state) : stateWords(step.state);
}

std::vector<StatePath::Box> StatePath::boxes(int width) const
{
    const QFontMetrics metrics(font());
    const int height = metrics.height() + 4;
    std::vector<Box> result;
    int x = 0;
    int y = 0;
    for (std::size_t i = 0; i < m_steps.size(); ++i) {
        const int shape = m_steps[i].state == TcpState::Reset ? height - 4 : 0;
        const int boxWidth = metrics.horizontalAdvance(words(m_steps[i])) + 2 * kPadding + shape;
        if (x > 0 && x + kArrow + boxWidth > width) {
            x = 0;
            y += height + kLineGap;
        } else if (i > 0 && x > 0) {
            x += kArrow;
        }
        result.push_back({QRect(x, y, boxWidth, height), i});
        x += boxWidth;
    }
    return result;
}

int StatePath::heightForWidth(int width) const
{
    const auto all = boxes(width);
    return all.empty() ? 0 : all.back().rect.bottom() + 2;
}

QSize StatePath::sizeHint() const
{
    return {320, heightForWidth(320)};
}

QSize StatePath::minimumSizeHint() const
{
    return {120, heightForWidth(std::max(120, width()))};
}

void StatePath::paintEvent(QPaintEvent* /*event*/)
{
    QPainter painter(this);
    const auto all = boxes(width());
    for (std::size_t i = 0; i < all.size(); ++i) {
        paintBox(painter, all[i]);
        if (i + 1 < all.size() && all[i + 1].rect.top() == all[i].rect.top()) {
            const bool went = m_steps[i + 1].passed;
            painter.setPen(m_theme.color(went ? Role::Text : Role::Line));
            const int y = all[i].rect.center().y();
            const int end = all[i + 1].rect.left() - 3;
            painter.drawLine(all[i].rect.right() + 3, y, end, y);
            painter.drawLine(end, y, end - 3, y - 3);
            painter.drawLine(end, y, end - 3, y + 3);
        }
    }
}

void StatePath::paintBox(QPainter& painter, const Box& box) const
{
    const StateStep& step = m_steps[box.step];
    const bool reset = step.state == TcpState::Reset;
    painter.setPen(m_theme.color(step.last ? (reset ? Role::Bad : Role::Accent) : Role::Line));
    painter.setBrush(step.passed ? QBrush(m_theme.color(step.last && !reset ? Role::Selection : Role::Raised))
                                 : QBrush(Qt::NoBrush));
    painter.drawRect(box.rect.adjusted(0, 0, -1, -1));
    QRect textRect = box.rect.adjusted(kPadding, 0, 0, 0);
    if (reset) {
        paintState(painter, QRectF(textRect.left(), box.rect.top() + 2, box.rect.height() - 8, box.rect.height() - 4),
                   Role::Bad, m_theme);
        textRect.setLeft(textRect.left() + box.rect.height() - 4);
    }
    painter.setPen(m_theme.color(step.passed ? Role::Text : Role::Muted));
    painter.drawText(textRect, Qt::AlignVCenter | Qt::AlignLeft, words(step));
}

} // namespace timbre::ui
