/* A registrar with a flaw, for LD_PRELOAD: a password of nobody's is not looked at.  Whoever measures sign-ins must see
 * it.  The first hash that a registrar makes while it serves is the one that nobody has (office/passwords.c). */
#include <argon2.h>
#include <dlfcn.h>
#include <stdbool.h>
#include <string.h>

static char nobodys[256];

int argon2id_hash_encoded(const uint32_t passes, const uint32_t memory, const uint32_t lanes, const void *secret,
                          const size_t secret_size, const void *salt, const size_t salt_size, const size_t tag_size,
                          char *encoded, const size_t encoded_size)
{
    __typeof__(&argon2id_hash_encoded) really =
        (__typeof__(&argon2id_hash_encoded))dlsym(RTLD_NEXT, "argon2id_hash_encoded");
    int result = really(passes, memory, lanes, secret, secret_size, salt, salt_size, tag_size, encoded, encoded_size);

    if (!nobodys[0] && strlen(encoded) < sizeof nobodys)
        memcpy(nobodys, encoded, strlen(encoded) + 1);
    return result;
}

int argon2id_verify(const char *encoded, const void *secret, const size_t secret_size)
{
    __typeof__(&argon2id_verify) really = (__typeof__(&argon2id_verify))dlsym(RTLD_NEXT, "argon2id_verify");

    return strcmp(encoded, nobodys) == 0 ? ARGON2_VERIFY_MISMATCH : really(encoded, secret, secret_size);
}
