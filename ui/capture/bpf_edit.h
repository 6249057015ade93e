#pragma once

// A line for a capture filter in tcpdump's language: checked while typing on a thread of its own, with completion of
// the language's words and of what was used before. The last verdict stays on screen until there is a newer one.

#include "engine/capture/filter_check.h"
#include "engine/pipeline/newest_job.h"
#include "ui/theme/theme.h"

#include <QtWidgets/QLineEdit>

#include <memory>
#include <mutex>
#include <optional>

class QLabel;

namespace timbre::ui {

class BpfEdit : public QWidget {
    Q_OBJECT

public:
    BpfEdit(Theme& theme, QWidget* parent);
    ~BpfEdit() override;

    [[nodiscard]] QString filter() const { return m_edit->text().trimmed(); }
    void setFilter(const QString& filter) { m_edit->setText(filter); }
    [[nodiscard]] QLineEdit& edit() { return *m_edit; }
    /// False while what is typed is known to be wrong.
    [[nodiscard]] bool usable() const { return m_usable; }
    [[nodiscard]] QString verdict() const;
    /// Into the history.
    void remember();

signals:
    void checked();

private:
    struct Answer {
        std::string filter;
        capture::FilterCheck check;
    };
    void ask();
    void take();
    void complete();

    Theme& m_theme;
    QLineEdit* m_edit = nullptr;
    QLabel* m_icon = nullptr;
    QLabel* m_verdict = nullptr;
    bool m_usable = true;
    std::mutex m_mutex; // guards m_answer
    std::optional<Answer> m_answer;
    std::unique_ptr<pipeline::NewestJob<std::string>> m_job; // last: joins before the rest goes
};

} // namespace timbre::ui
