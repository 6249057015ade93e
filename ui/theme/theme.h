#pragma once

// The one owner of colours, fonts and icons. No colour literal stands anywhere else in the window. A widget that paints
// by itself asks color(Role) while painting and repaints on changed(); everything else follows the application's
// palette, which Theme sets for Fusion. GUI thread only.

#include <QtCore/QObject>
#include <QtDBus/QDBusVariant>
#include <QtGui/QColor>
#include <QtGui/QFont>
#include <QtGui/QIcon>
#include <QtGui/QPalette>

#include <array>

namespace timbre::ui {

/// What a colour means. Each means one thing in every view.
enum class Role : std::uint8_t {
    Surface, // background of tables, plots, text
    Raised,  // bars, headers, docks' titles
    Line,    // borders, grids, separators
    Text,
    Muted,     // secondary text, axis labels
    Accent,    // links, focus ring, the active thing
    Selection, // background of what is selected
    Up,        // initiator to responder, ↑
    Down,      // responder to initiator, ↓
    Good,      // the four states; each also has a shape and a word
    Watch,
    Bad,
    Unknown,
    Count
};

/// A state's shape, so that colour is never the only sign: Good a dot, Watch a triangle, Bad a square, Unknown a ring.
enum class StateShape : std::uint8_t { Dot, Triangle, Square, Ring };
[[nodiscard]] StateShape shapeOf(Role state);

class Theme : public QObject {
    Q_OBJECT

public:
    enum class Mode : std::uint8_t { FollowDesktop, Light, Dark };
    Q_ENUM(Mode)

    explicit Theme(QObject* parent = nullptr);

    /// Sets Fusion, the palette and the style of the whole application and keeps them current from now on.
    /// Requires: a QApplication.
    void install();

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    [[nodiscard]] bool dark() const { return m_dark; }

    [[nodiscard]] QColor color(Role role) const { return m_colors[static_cast<std::size_t>(role)]; }
    /// `over` laid over `under`, `share` of 0 … 1; opaque, so that plots need no alpha.
    [[nodiscard]] QColor mixed(Role over, Role under, double share) const;
    [[nodiscard]] QPalette palette() const;

    /// For addresses, hashes, hex; as large as the text font.
    [[nodiscard]] QFont fixedFont() const;
    /// Grid unit is 4; margins of docks are 8.
    static constexpr const char* kWithoutArrow = "withoutArrow"; // property of a tool button whose icon says enough
    static constexpr int kGrid = 4;
    static constexpr int kMargin = 8;
    /// Height of a row in any table: font height + 6.
    [[nodiscard]] static int rowHeight(const QFont& font);

    /// One of the program's own icons (resources/icons/<name>.svg) in the theme's colours. The icon stays right when
    /// the theme changes only if it is asked for again on changed().
    [[nodiscard]] QIcon icon(const QString& name, Role role = Role::Text) const;
    /// A state as a coloured shape, for decoration roles and labels.
    [[nodiscard]] QIcon stateIcon(Role state) const;

signals:
    /// Colours, palette and icons are new. Queries made in a slot already give the new values.
    void changed();

private slots:
    void portalSettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void watchDesktop();
    void apply();

    Mode m_mode = Mode::FollowDesktop;
    bool m_dark = false;
    bool m_desktopDark = false;
    bool m_installed = false;
    std::array<QColor, static_cast<std::size_t>(Role::Count)> m_colors;
};

/// Draws the shape of a state, filled with its colour, inside `box`.
void paintState(QPainter& painter, const QRectF& box, Role state, const Theme& theme);

} // namespace timbre::ui
