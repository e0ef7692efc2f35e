/* For tests: a TLS client that sends raw bytes, so that a listener can be met slowly, wrongly, and with any
 * certificate. */
#ifndef TESTS_HTTP_TLS_CLIENT_H
#define TESTS_HTTP_TLS_CLIENT_H

#include <arpa/inet.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

typedef struct TlsClient {
    int socket;
    gnutls_session_t session;
    gnutls_certificate_credentials_t credentials;
    char answer[65536]; /* zero-ended, what was read last */
    size_t half;        /* bytes of an answer of which the rest had not come in time: the next read goes on with it */
    bool ended;         /* the peer closed */
} TlsClient;

static inline int64_t client_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* "127.0.0.2": from there, as another machine; NULL: from anywhere. */
static const char *client_from;

static inline bool client_bind(int socket_)
{
    struct sockaddr_in address = { .sin_family = AF_INET };

    return !client_from || (inet_pton(AF_INET, client_from, &address.sin_addr) == 1 &&
                            bind(socket_, (struct sockaddr *)&address, sizeof address) == 0);
}

static inline void client_close(TlsClient *client)
{
    if (client->session)
        gnutls_deinit(client->session);
    if (client->credentials)
        gnutls_certificate_free_credentials(client->credentials);
    if (client->socket > 0)
        close(client->socket);
    *client = (TlsClient){ 0 };
}

/* As client_open; host is named in the handshake, NULL: nobody; priorities as GnuTLS writes them, NULL: its own. */
static inline bool client_open_to(TlsClient *client, uint16_t port, const char *certificate, const char *key,
                                  const char *host, const char *priorities)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(port) };

    *client = (TlsClient){ 0 };
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    client->socket = socket(AF_INET, SOCK_STREAM, 0);
    gnutls_certificate_allocate_credentials(&client->credentials);
    if (!client_bind(client->socket) || connect(client->socket, (struct sockaddr *)&address, sizeof address) < 0)
        return false;
    if (certificate &&
        gnutls_certificate_set_x509_key_file(client->credentials, certificate, key, GNUTLS_X509_FMT_PEM) < 0)
        return false;
    gnutls_init(&client->session, GNUTLS_CLIENT | GNUTLS_NO_SIGNAL | GNUTLS_FORCE_CLIENT_CERT);
    if (priorities)
        gnutls_priority_set_direct(client->session, priorities, NULL);
    else
        gnutls_set_default_priority(client->session);
    if (host)
        gnutls_server_name_set(client->session, GNUTLS_NAME_DNS, host, strlen(host));
    gnutls_credentials_set(client->session, GNUTLS_CRD_CERTIFICATE, client->credentials);
    gnutls_transport_set_int(client->session, client->socket);
    gnutls_handshake_set_timeout(client->session, 5000);
    int result;
    do {
        result = gnutls_handshake(client->session);
    } while (result < 0 && !gnutls_error_is_fatal(result));
    return result == GNUTLS_E_SUCCESS;
}

/* certificate and key: files, NULL for none.  False when the handshake fails. */
static inline bool client_open(TlsClient *client, uint16_t port, const char *certificate, const char *key)
{
    return client_open_to(client, port, certificate, key, NULL, NULL);
}

static inline bool client_send_bytes(TlsClient *client, const char *bytes, size_t size)
{
    while (size > 0) {
        ssize_t sent = gnutls_record_send(client->session, bytes, size);
        if (sent < 0 && gnutls_error_is_fatal((int)sent))
            return false;
        if (sent > 0) {
            bytes += sent;
            size -= (size_t)sent;
        }
    }
    return true;
}

static inline bool client_send(TlsClient *client, const char *text)
{
    return client_send_bytes(client, text, strlen(text));
}

/* One more piece into answer, behind len bytes.  False: nothing came in time, or the peer closed. */
static inline bool client_read_more(TlsClient *client, size_t *len, int64_t until_ms)
{
    if (gnutls_record_check_pending(client->session) == 0) {
        struct pollfd waiting = { .fd = client->socket, .events = POLLIN };
        int64_t left = until_ms - client_now_ms();
        if (left <= 0 || poll(&waiting, 1, (int)left) <= 0)
            return false;
    }
    ssize_t got = gnutls_record_recv(client->session, client->answer + *len, sizeof client->answer - 1 - *len);
    if (got == GNUTLS_E_AGAIN || got == GNUTLS_E_INTERRUPTED)
        return true;
    client->ended = got <= 0;
    if (got > 0)
        *len += (size_t)got;
    client->answer[*len] = '\0';
    return got > 0;
}

/* Reads one whole answer; headless: it has no body (to HEAD).  The status; 0 when there was none within ms. */
static inline int client_read(TlsClient *client, bool headless, int ms)
{
    int64_t until_ms = client_now_ms() + ms;
    size_t len = client->half, whole = 0;

    client->half = 0;
    client->answer[len] = '\0';
    while (whole == 0 || len < whole) {
        const char *end = strstr(client->answer, "\r\n\r\n");
        if (end && whole == 0) {
            const char *length = strcasestr(client->answer, "\r\nContent-Length: ");
            whole = (size_t)(end - client->answer) + 4 + (length && !headless ? strtoul(length + 18, NULL, 10) : 0);
            continue;
        }
        if (!client_read_more(client, &len, until_ms))
            break;
    }
    if (whole == 0 || len < whole)
        client->half = client->ended ? 0 : len;
    return whole > 0 && len >= whole && strncmp(client->answer, "HTTP/1.1 ", 9) == 0
               ? (int)strtol(client->answer + 9, NULL, 10)
               : 0;
}

static inline int client_ask(TlsClient *client, const char *text, int ms)
{
    return client_send(client, text) ? client_read(client, strncmp(text, "HEAD ", 5) == 0, ms) : 0;
}

/* Whether the answer has this header with this value; NULL: with any. */
static inline bool client_header(const TlsClient *client, const char *name, const char *value)
{
    char line[128];

    snprintf(line, sizeof line, "\r\n%s: ", name);
    const char *at = strcasestr(client->answer, line), *end = strstr(client->answer, "\r\n\r\n");
    if (!at || at > end)
        return false;
    return !value || (strncmp(at + strlen(line), value, strlen(value)) == 0 &&
                      strncmp(at + strlen(line) + strlen(value), "\r\n", 2) == 0);
}

static inline const char *client_body(const TlsClient *client)
{
    const char *end = strstr(client->answer, "\r\n\r\n");

    return end ? end + 4 : "";
}

#endif
