/* Prints seals as the registrar makes them, for programs of others to read (cose.test.mjs): one JSON object with the
 * public key and a list of tokens, each beside the claims that it was made from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "wire/seal.h"

#define KID 7

static const SealClaims usual = {
    .issuer = "hujjat.namuna.uz",
    .code = { "7K3M9QXD2HVT" },
    .issued_at_s = 1795500000,
    .kind = "certificate-of-study",
    .number = "M-2026/004817",
    .holder = "Oʻrolova Gʻuncha Baxtiyor qizi",
    .status_list = 1,
    .status_index = 104817,
    .text_hash = { 0xde, 0xad, 0xbe, 0xef, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255 },
    .field_count = 3,
    .fields = { { SEAL_FIELD_PROGRAMME, "60610500" }, { SEAL_FIELD_YEAR, "3" }, { SEAL_FIELD_FORM, "11" } },
};

static void print_hex(const char *name, const void *bytes, size_t size)
{
    OWNED_BUF hex;

    buf_init(&hex, 4096);
    hex_write(&hex, bytes, size);
    printf("\"%s\": \"%s\"", name, buf_text(&hex));
}

/* The values here need no escapes. */
static void print_seal(const CoseKey *key, const SealClaims *claims, bool first)
{
    Error err = { 0 };
    OWNED_BUF token;

    buf_init(&token, 1024);
    if (!seal_make(key, claims, &token, &err)) {
        fprintf(stderr, "seals: %s\n", err.text);
        exit(1);
    }
    printf("%s\n    { ", first ? "" : ",");
    print_hex("token", token.data, token.len);
    printf(", \"issuer\": \"%s\", \"issued_at_s\": %lld, \"expires_at_s\": %lld, \"code\": \"%s\", \"kind\": \"%s\",\n"
           "      \"number\": \"%s\", \"holder\": \"%s\", \"status_list\": %u, \"status_index\": %u, ",
           claims->issuer, (long long)claims->issued_at_s, (long long)claims->expires_at_s, claims->code.text,
           claims->kind, claims->number, claims->holder, claims->status_list, claims->status_index);
    print_hex("text_hash", claims->text_hash, sizeof claims->text_hash);
    printf(", \"fields\": {");
    for (size_t i = 0; i < claims->field_count; i++)
        printf("%s \"%d\": \"%s\"", i > 0 ? "," : "", claims->fields[i].field, claims->fields[i].value);
    printf(" } }");
}

int main(void)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "a key that everybody may know...";
    SealClaims statement = usual;
    Error err = { 0 };
    CosePublicKey public;
    OWNED(CoseKey) key = cose_key_new(COSE_SEAL, KID, seed, &err);

    if (!key) {
        fprintf(stderr, "seals: %s\n", err.text);
        return 1;
    }
    cose_key_public(key, &public);
    memcpy(statement.kind, "gpa-statement", sizeof "gpa-statement");
    memcpy(statement.number, "12/A", sizeof "12/A");
    statement.expires_at_s = statement.issued_at_s + 86400;
    statement.fields[0] = (SealedValue){ SEAL_FIELD_GPA, "3.75" };
    statement.fields[1] = (SealedValue){ SEAL_FIELD_CREDITS, "240" };
    statement.field_count = 2;

    printf("{ \"kid\": %u, ", public.kid);
    print_hex("public_key", public.bytes, sizeof public.bytes);
    printf(",\n  \"seals\": [");
    print_seal(key, &usual, true);
    print_seal(key, &statement, false);
    printf("\n  ] }\n");
    return 0;
}
