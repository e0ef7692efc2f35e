#include "registrar/notify.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include "base/str.h"

void notify(const char *state)
{
    Str path = str_from(getenv("NOTIFY_SOCKET"));
    struct sockaddr_un address = { .sun_family = AF_UNIX };

    if (path.len < 2 || !str_copy(path, address.sun_path, sizeof address.sun_path))
        return;
    if (address.sun_path[0] == '@') /* an abstract socket */
        address.sun_path[0] = '\0';
    int sender = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (sender < 0)
        return;
    socklen_t size = (socklen_t)(offsetof(struct sockaddr_un, sun_path) + path.len);
    sendto(sender, state, strlen(state), MSG_NOSIGNAL, (struct sockaddr *)&address, size);
    close(sender);
}
