#include "ui/theme/theme.h"

#include <QtCore/QFile>
#include <QtDBus/QDBusConnection>
#include <QtDBus/QDBusMessage>
#include <QtDBus/QDBusPendingCallWatcher>
#include <QtDBus/QDBusPendingReply>
#include <QtGui/QFontDatabase>
#include <QtGui/QFontMetrics>
#include <QtGui/QIconEngine>
#include <QtGui/QPainter>
#include <QtGui/QPainterPath>
#include <QtSvg/QSvgRenderer>
#include <QtWidgets/QApplication>
#include <QtWidgets/QProxyStyle>
#include <QtWidgets/QStyleFactory>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QToolTip>

#include <cmath>

namespace timbre::ui {

namespace {

using ColorTable = std::array<QRgb, static_cast<std::size_t>(Role::Count)>;

// In the order of Role. The hues of up, down and the states come from the Okabe-Ito set, so that they survive colour
// blindness; every text colour has a contrast of at least 4.5 : 1 on its surface.
constexpr ColorTable kLight = {0xffffffff, 0xfff5f6f8, 0xffd9dde3, 0xff1b1f24, 0xff5b6572, 0xff0b65a8, 0xffd6e8f7,
                               0xff0072b2, 0xffaf5800, 0xff00795a, 0xff8f6a00, 0xffb3402a, 0xff6b7480};
constexpr ColorTable kDark = {0xff15181c, 0xff1c2026, 0xff323841, 0xffe6e9ed, 0xff98a2af, 0xff5ab0ee, 0xff1e3a52,
                              0xff56b4e9, 0xffe69f00, 0xff2fbf95, 0xffe6b800, 0xffff8a70, 0xff98a2af};

constexpr auto kPortalService = "org.freedesktop.portal.Desktop";
constexpr auto kPortalPath = "/org/freedesktop/portal/desktop";
constexpr auto kPortalSettings = "org.freedesktop.portal.Settings";
constexpr auto kAppearance = "org.freedesktop.appearance";
constexpr auto kColorScheme = "color-scheme";

/// Fusion, but the outline of an empty box is seen on dark surfaces, too, and a button may have a menu without an arrow.
class TimbreStyle : public QProxyStyle {
public:
    TimbreStyle()
        : QProxyStyle(QStyleFactory::create(QStringLiteral("Fusion")))
    {
    }
    void drawPrimitive(PrimitiveElement element, const QStyleOption* option, QPainter* painter,
                       const QWidget* widget) const override
    {
        QProxyStyle::drawPrimitive(element, option, painter, widget);
        if (element != PE_IndicatorCheckBox)
            return;
        painter->save();
        painter->setPen(option->palette.color(QPalette::PlaceholderText));
        painter->setBrush(Qt::NoBrush);
        painter->drawRect(option->rect.adjusted(0, 0, -1, -1));
        painter->restore();
    }
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex* option, QPainter* painter,
                            const QWidget* widget) const override
    {
        const auto* button = qstyleoption_cast<const QStyleOptionToolButton*>(option);
        if (!button || !widget || !widget->property(Theme::kWithoutArrow).toBool())
            return QProxyStyle::drawComplexControl(control, option, painter, widget);
        QStyleOptionToolButton plain = *button;
        plain.features &= ~QStyleOptionToolButton::ToolButtonFeatures(QStyleOptionToolButton::HasMenu);
        QProxyStyle::drawComplexControl(control, &plain, painter, widget);
    }
};

QString text(const char* latin)
{
    return QString::fromLatin1(latin);
}

// The portal wraps its answer in up to two variants. 1 is "prefer dark".
bool meansDark(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value.toUInt() == 1;
}

// An SVG whose strokes say currentColor, drawn sharp at any size and in the given colours.
class PaintedEngine : public QIconEngine {
public:
    QPixmap pixmap(const QSize& size, QIcon::Mode mode, QIcon::State state) override
    {
        QPixmap result(size);
        result.fill(Qt::transparent);
        QPainter painter(&result);
        paint(&painter, QRect({}, size), mode, state);
        return result;
    }
};

class IconEngine : public PaintedEngine {
public:
    IconEngine(QByteArray svg, QColor normal, QColor disabled)
        : m_svg(std::move(svg))
        , m_normal(normal)
        , m_disabled(disabled)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode mode, QIcon::State) override
    {
        QByteArray coloured = m_svg;
        coloured.replace("currentColor", (mode == QIcon::Disabled ? m_disabled : m_normal).name().toLatin1());
        QSvgRenderer(coloured).render(painter, rect);
    }
    QIconEngine* clone() const override { return new IconEngine(*this); }

private:
    QByteArray m_svg;
    QColor m_normal;
    QColor m_disabled;
};

class StateEngine : public PaintedEngine {
public:
    StateEngine(Role state, QColor color)
        : m_state(state)
        , m_color(color)
    {
    }

    void paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State) override;
    QIconEngine* clone() const override { return new StateEngine(*this); }

private:
    Role m_state;
    QColor m_color;
};

void paintShape(QPainter& painter, const QRectF& box, StateShape shape, const QColor& color)
{
    const double side = std::min({box.width(), box.height(), 10.0});
    const QRectF square(box.center().x() - side / 2, box.center().y() - side / 2, side, side);
    painter.save();
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(color);
    switch (shape) {
    case StateShape::Dot:
        painter.drawEllipse(square.adjusted(1, 1, -1, -1));
        break;
    case StateShape::Triangle:
        painter.drawPolygon(
            QPolygonF{{QPointF(square.center().x(), square.top() + 0.5), square.bottomRight(), square.bottomLeft()}});
        break;
    case StateShape::Square:
        painter.drawRect(square.adjusted(1, 1, -1, -1));
        break;
    case StateShape::Ring:
        painter.setBrush(Qt::NoBrush);
        painter.setPen(QPen(color, 1.5));
        painter.drawEllipse(square.adjusted(1.75, 1.75, -1.75, -1.75));
        break;
    }
    painter.restore();
}

void StateEngine::paint(QPainter* painter, const QRect& rect, QIcon::Mode, QIcon::State)
{
    paintShape(*painter, rect, shapeOf(m_state), m_color);
}

} // namespace

StateShape shapeOf(Role state)
{
    switch (state) {
    case Role::Good:
        return StateShape::Dot;
    case Role::Watch:
        return StateShape::Triangle;
    case Role::Bad:
        return StateShape::Square;
    default:
        return StateShape::Ring;
    }
}

void paintState(QPainter& painter, const QRectF& box, Role state, const Theme& theme)
{
    paintShape(painter, box, shapeOf(state), theme.color(state));
}

Theme::Theme(QObject* parent)
    : QObject(parent)
{
    for (std::size_t i = 0; i < m_colors.size(); ++i)
        m_colors[i] = QColor::fromRgb(kLight[i]);
}

void Theme::install()
{
    m_installed = true;
    QApplication::setStyle(new TimbreStyle);
    watchDesktop();
    apply();
}

void Theme::setMode(Mode mode)
{
    if (mode == m_mode)
        return;
    m_mode = mode;
    apply();
}

QColor Theme::mixed(Role over, Role under, double share) const
{
    const QColor top = color(over);
    const QColor base = color(under);
    const auto mix = [share](int a, int b) { return static_cast<int>(std::lround(a * share + b * (1.0 - share))); };
    return {mix(top.red(), base.red()), mix(top.green(), base.green()), mix(top.blue(), base.blue())};
}

QPalette Theme::palette() const
{
    QPalette p;
    p.setColor(QPalette::Window, color(Role::Raised));
    p.setColor(QPalette::Base, color(Role::Surface));
    p.setColor(QPalette::AlternateBase, mixed(Role::Raised, Role::Surface, 0.6));
    p.setColor(QPalette::Button, color(Role::Raised));
    p.setColor(QPalette::ToolTipBase, color(Role::Raised));
    p.setColor(QPalette::Light, mixed(Role::Surface, Role::Raised, m_dark ? 0.2 : 1.0));
    p.setColor(QPalette::Midlight, mixed(Role::Line, Role::Raised, 0.5));
    p.setColor(QPalette::Mid, color(Role::Line));
    p.setColor(QPalette::Dark, mixed(Role::Muted, Role::Line, 0.3));
    p.setColor(QPalette::Shadow, m_dark ? color(Role::Surface).darker(180) : mixed(Role::Text, Role::Line, 0.3));
    for (const auto role :
         {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::ToolTipText, QPalette::HighlightedText})
        p.setColor(role, color(Role::Text));
    p.setColor(QPalette::BrightText, color(Role::Bad));
    p.setColor(QPalette::PlaceholderText, color(Role::Muted));
    p.setColor(QPalette::Highlight, color(Role::Selection));
    p.setColor(QPalette::Link, color(Role::Accent));
    p.setColor(QPalette::LinkVisited, color(Role::Accent));
    p.setColor(QPalette::Inactive, QPalette::Highlight, mixed(Role::Selection, Role::Raised, 0.7));
    for (const auto role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText, QPalette::HighlightedText})
        p.setColor(QPalette::Disabled, role, mixed(Role::Muted, Role::Raised, 0.65));
    p.setColor(QPalette::Disabled, QPalette::Highlight, color(Role::Line));
    return p;
}

QFont Theme::fixedFont() const
{
    QFont font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
    font.setPointSizeF(QApplication::font().pointSizeF());
    return font;
}

int Theme::rowHeight(const QFont& font)
{
    return QFontMetrics(font).height() + 6;
}

QIcon Theme::icon(const QString& name, Role role) const
{
    QFile file(QStringLiteral(":/icons/%1.svg").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qWarning("icon '%s' is missing from the resources", qUtf8Printable(name));
        return {};
    }
    return QIcon(new IconEngine(file.readAll(), color(role), mixed(Role::Muted, Role::Raised, 0.5)));
}

QIcon Theme::stateIcon(Role state) const
{
    return QIcon(new StateEngine(state, color(state)));
}

// The portal is asked without waiting: without one (or without a session bus) the window stays light, which is also
// what the desktop's "no preference" means.
void Theme::watchDesktop()
{
    QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    bus.connect(text(kPortalService), text(kPortalPath), text(kPortalSettings), QStringLiteral("SettingChanged"), this,
                SLOT(portalSettingChanged(QString, QString, QDBusVariant)));
    QDBusMessage question = QDBusMessage::createMethodCall(text(kPortalService), text(kPortalPath),
                                                           text(kPortalSettings), QStringLiteral("Read"));
    question << text(kAppearance) << text(kColorScheme);
    auto* watcher = new QDBusPendingCallWatcher(bus.asyncCall(question), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this](QDBusPendingCallWatcher* done) {
        const QDBusPendingReply<QDBusVariant> reply = *done;
        if (!reply.isError())
            portalSettingChanged(text(kAppearance), text(kColorScheme), reply.value());
        done->deleteLater();
    });
}

void Theme::portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value)
{
    if (group != text(kAppearance) || key != text(kColorScheme))
        return;
    m_desktopDark = meansDark(value.variant());
    if (m_mode == Mode::FollowDesktop)
        apply();
}

void Theme::apply()
{
    m_dark = m_mode == Mode::Dark || (m_mode == Mode::FollowDesktop && m_desktopDark);
    const ColorTable& table = m_dark ? kDark : kLight;
    for (std::size_t i = 0; i < m_colors.size(); ++i)
        m_colors[i] = QColor::fromRgb(table[i]);
    if (m_installed) {
        QApplication::setPalette(palette());
        QToolTip::setPalette(palette());
    }
    emit changed();
}

} // namespace timbre::ui
