#pragma once

// Objects by numbers that are given out in rising order and mostly let go in about that order, as flows are: found by
// two steps in memory instead of a hash. A page whose last object goes is given back, so that memory follows the objects
// that live, but for one pointer per 1024 numbers ever used.

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>
#include <vector>

namespace timbre {

template <typename T>
class IndexMap {
public:
    /// Null when there is none.
    [[nodiscard]] T* find(std::uint32_t index) const
    {
        const std::size_t page = index / kPage;
        return page < m_pages.size() && m_pages[page] ? m_pages[page]->objects[index % kPage].get() : nullptr;
    }

    /// In place of the one that was there, if any. Requires: `object` is not null.
    T& put(std::uint32_t index, std::unique_ptr<T> object)
    {
        const std::size_t page = index / kPage;
        if (page >= m_pages.size())
            m_pages.resize(page + 1);
        if (!m_pages[page])
            m_pages[page] = std::make_unique<Page>();
        std::unique_ptr<T>& place = m_pages[page]->objects[index % kPage];
        if (!place) {
            ++m_pages[page]->used;
            ++m_size;
        }
        place = std::move(object);
        return *place;
    }

    /// Null when there was none.
    std::unique_ptr<T> take(std::uint32_t index)
    {
        if (!find(index))
            return nullptr;
        std::unique_ptr<Page>& page = m_pages[index / kPage];
        std::unique_ptr<T> object = std::move(page->objects[index % kPage]);
        --m_size;
        if (--page->used == 0)
            page.reset();
        return object;
    }

    [[nodiscard]] std::size_t size() const { return m_size; }

    /// From the lowest number to the highest.
    [[nodiscard]] std::vector<std::uint32_t> indexes() const
    {
        std::vector<std::uint32_t> all;
        all.reserve(m_size);
        for (std::size_t page = 0; page < m_pages.size(); ++page) {
            for (std::size_t i = 0; m_pages[page] && i < kPage; ++i) {
                if (m_pages[page]->objects[i])
                    all.push_back(static_cast<std::uint32_t>(page * kPage + i));
            }
        }
        return all;
    }

private:
    static constexpr std::size_t kPage = 1024;
    struct Page {
        std::array<std::unique_ptr<T>, kPage> objects;
        std::size_t used = 0;
    };

    std::vector<std::unique_ptr<Page>> m_pages;
    std::size_t m_size = 0;
};

} // namespace timbre
