#include "engine/base/thread_name.h"

#include <pthread.h>

namespace timbre {

void setThreadName(const char* name)
{
    pthread_setname_np(pthread_self(), name);
}

} // namespace timbre
