#pragma once

// What the analyst may change about signals between two analyses: location files, what is looked for. The window sets
// it, the engine reads it when an analysis begins. Any thread.

#include "engine/trends/location_database.h"

#include <mutex>

namespace timbre::pipeline {

class TrendsSettings {
public:
    struct Values {
        std::shared_ptr<const trends::LocationDatabase> locations; // null: none
        bool sensitiveData = true;
        bool ja4h = false;
    };

    void set(Values values)
    {
        const std::lock_guard lock(m_mutex);
        m_values = std::move(values);
    }
    [[nodiscard]] Values get() const
    {
        const std::lock_guard lock(m_mutex);
        return m_values;
    }

private:
    mutable std::mutex m_mutex; // guards the values
    Values m_values;
};

} // namespace timbre::pipeline
