/* For tests: tests/faults/peer.py, a web server that behaves as badly as a test asks, in a folder of its own. */
#ifndef TESTS_NET_PEER_H
#define TESTS_NET_PEER_H

#include <stdlib.h>

#include "base/file.h"
#include "net/child.h"

typedef struct Peer {
    Child child;
    char folder[64];
    char ca[96], other_ca[96], certificate[96], key[96]; /* the last two: a kiosk's */
    char address[64];
} Peer;

static inline void peer_path(const Peer *peer, const char *name, char ret[96])
{
    snprintf(ret, 96, "%s/%s", peer->folder, name);
}

/* rules: JSON, see peer.py. */
static inline bool peer_rules(const Peer *peer, const char *rules)
{
    char path[96];

    peer_path(peer, "rules.json", path);
    return file_write(path, 0600, str_from(rules), NULL);
}

/* Makes a folder with certificates, and starts the server in it. */
static inline bool peer_start(Peer *peer, bool tls)
{
    char server[96], server_key[96];

    *peer = (Peer){ .folder = "/tmp/registrar-peer-XXXXXX" };
    if (!mkdtemp(peer->folder) ||
        !child_run((const char *[]){ SOURCE_DIR "/tests/faults/certificates", peer->folder, NULL }) ||
        !peer_rules(peer, "[]"))
        return false;
    peer_path(peer, "ca.pem", peer->ca);
    peer_path(peer, "other-ca.pem", peer->other_ca);
    peer_path(peer, "client.pem", peer->certificate);
    peer_path(peer, "client.key", peer->key);
    peer_path(peer, "server.pem", server);
    peer_path(peer, "server.key", server_key);
    const char *with_tls[] = { SOURCE_DIR "/tests/faults/peer.py",
                               "--dir",
                               peer->folder,
                               "--certificate",
                               server,
                               "--key",
                               server_key,
                               "--client-ca",
                               peer->ca,
                               NULL };
    if (!tls)
        with_tls[3] = NULL;
    if (!child_start(&peer->child, with_tls, 10000))
        return false;
    snprintf(peer->address, sizeof(peer->address), "%s://127.0.0.1:%.8s", tls ? "https" : "http", peer->child.line);
    return true;
}

static inline void peer_stop(Peer *peer)
{
    child_stop(&peer->child);
    if (peer->folder[0] != '\0')
        (void)child_run((const char *[]){ "/bin/rm", "-r", peer->folder, NULL });
}

/* How many lines of the peer's log hold words. */
static inline int peer_count(const Peer *peer, const char *words)
{
    char path[96];
    OWNED_BUF log;
    int count = 0;

    buf_init(&log, 1 << 20);
    peer_path(peer, "requests.log", path);
    if (!file_read(path, &log, NULL))
        return 0;
    Str rest = buf_str(&log);
    while (rest.ptr) {
        Str line = str_split(&rest, '\n');
        if (line.len > 0 && memmem(line.ptr, line.len, words, strlen(words)))
            count++;
    }
    return count;
}

#endif
