#include "app/capture/rights.h"

#include <sys/capability.h>
#include <sys/prctl.h>

#include <cerrno>
#include <cstring>
#include <memory>

namespace timbre::helper {

namespace {

struct FreeCapabilities {
    void operator()(cap_t set) const { cap_free(set); }
};
using Capabilities = std::unique_ptr<std::remove_pointer_t<cap_t>, FreeCapabilities>;

std::string systemText(const char* what, int error)
{
    return std::string(what) + ": " + std::strerror(error);
}

} // namespace

std::string dropRights()
{
    for (int capability = 0; capability <= CAP_LAST_CAP; ++capability)
        static_cast<void>(cap_drop_bound(capability)); // only possible for root; the sets below are what matters
    const Capabilities none(cap_init());
    if (!none || cap_set_proc(none.get()) != 0)
        return systemText("The rights to capture could not be given up", errno);
    prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0);
    if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0)
        return systemText("New privileges could not be ruled out", errno);
    return {};
}

} // namespace timbre::helper
