/* What the public page says of a code (DESIGN.md section 6). */
#ifndef REGISTRAR_OFFICE_CHECKS_H
#define REGISTRAR_OFFICE_CHECKS_H

#include "registrar/office/office.h"
#include "wire/seal.h"

typedef enum CheckState {
    CHECK_UNKNOWN,
    CHECK_VALID,
    CHECK_SUSPENDED,
    CHECK_REVOKED,
    CHECK_REPLACED,
    CHECK_EXPIRED
} CheckState;

typedef struct Check {
    CheckState state;
    bool on_phone; /* the copy is a PDF on a phone, not paper */
    char kind[40];
    PaperTitle title;       /* of the kind */
    char masked_holder[96]; /* "K*****a D*****a" */
    Date issued;
    Date until; /* its last good day; year 0: no end */
    char number[24];
    int64_t changed_s; /* when it was replaced, revoked, when its time was over; 0 */
    uint8_t text_hash[SEAL_HASH_SIZE];
    uint8_t file_sha256[32];
} Check;

/* code NULL or malformed: CHECK_UNKNOWN, after the same work. */
bool office_check(Office *office, const char *code, Check *ret, Error *err) MUST_USE;
/* "The file is as issued": the register confirms this SHA-256 for the code. */
bool office_check_file(Office *office, const Code *code, const uint8_t sha256[32], bool *ret_confirmed,
                       Error *err) MUST_USE;
/* Public keys of seals and of status lists, for /keys; at most room. */
size_t office_public_keys(const Office *office, CosePublicKey *keys, size_t room);

/* The status list as it was published last, appended; not found: there is none of this number. */
bool office_status_list(Office *office, uint32_t list, bool *ret_found, int64_t *ret_version, Buf *body,
                        Error *err) MUST_USE;

/* One more look at an unknown code (or other limited thing) from this source.  False in *ret_allowed: over the limit,
 * with seconds to wait. source: "ip:1.2.3.4" or IPv6 by /64; honest codes are not counted. */
bool office_limit(Office *office, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                  Error *err) MUST_USE;
/* Whether there is one left, without spending it: where what is known may not be told to who asked too often. */
bool office_limit_look(Office *office, const char *what, const char *source, bool *ret_allowed, int *ret_retry_after_s,
                       Error *err) MUST_USE;

#endif
