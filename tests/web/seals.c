/* Prints seals and a status list as the registrar makes them, for programs of others to read (cose.test.mjs): one JSON
 * object with the public keys and the tokens, each beside the claims that it was made from. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/crypto.h"
#include "base/memory.h"
#include "wire/seal.h"
#include "wire/status_list.h"

#define KID      7
#define LIST_KID 8

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

    buf_init(&hex, 128u << 10);
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

static const struct {
    uint32_t index;
    SealStatus status;
} marked[] = { { 0, STATUS_REVOKED },
               { 1, STATUS_SUSPENDED },
               { 2, STATUS_SUPERSEDED },
               { 104817, STATUS_REVOKED },
               { 131071, STATUS_SUSPENDED } };

static void print_status_list(const CoseKey *key)
{
    StatusList *list = mem_new(1, sizeof *list);
    Error err = { 0 };
    OWNED_BUF token;

    buf_init(&token, 64u << 10);
    if (!list)
        exit(1);
    *list = (StatusList){ .issuer = "hujjat.namuna.uz",
                          .list = 3,
                          .issued_at_s = 1795500000,
                          .expires_at_s = 1795500000 + STATUS_LIST_GOOD_S,
                          .version = 1795500007,
                          .era = 2,
                          .head_count = 1,
                          .heads = { { "M", 2026, 52 } } };
    for (size_t i = 0; i < COUNT(marked); i++)
        status_list_set(list, marked[i].index, marked[i].status);
    if (!status_list_sign(key, list, &token, &err)) {
        fprintf(stderr, "seals: %s\n", err.text);
        exit(1);
    }
    printf("{ ");
    print_hex("token", token.data, token.len);
    printf(", \"subject\": \"https://hujjat.namuna.uz/status/3\", \"issued_at_s\": %lld, \"expires_at_s\": %lld,"
           " \"ttl_s\": %d,\n      \"version\": %lld, \"era\": 2, \"heads\": [[\"M\", 2026, 52]], \"marked\": {",
           (long long)list->issued_at_s, (long long)list->expires_at_s, STATUS_LIST_TTL_S, (long long)list->version);
    for (size_t i = 0; i < COUNT(marked); i++)
        printf("%s \"%u\": %d", i > 0 ? "," : "", marked[i].index, (int)marked[i].status);
    printf(" } }");
    mem_free(list);
}

int main(void)
{
    static const uint8_t seed[COSE_PRIVATE_KEY_SIZE] = "a key that everybody may know...";
    SealClaims statement = usual;
    Error err = { 0 };
    CosePublicKey public, list_public;
    OWNED(CoseKey) key = cose_key_new(COSE_SEAL, KID, seed, &err);
    OWNED(CoseKey)
    list_key = cose_key_new(COSE_STATUS_LIST, LIST_KID, (const uint8_t *)"another that everybody may know..", &err);

    if (!key || !list_key) {
        fprintf(stderr, "seals: %s\n", err.text);
        return 1;
    }
    cose_key_public(key, &public);
    cose_key_public(list_key, &list_public);
    memcpy(statement.kind, "gpa-statement", sizeof "gpa-statement");
    memcpy(statement.number, "12/A", sizeof "12/A");
    statement.expires_at_s = statement.issued_at_s + 86400;
    statement.fields[0] = (SealedValue){ SEAL_FIELD_GPA, "3.75" };
    statement.fields[1] = (SealedValue){ SEAL_FIELD_CREDITS, "240" };
    statement.field_count = 2;

    printf("{ \"kid\": %u, ", public.kid);
    print_hex("public_key", public.bytes, sizeof public.bytes);
    printf(",\n  \"list_kid\": %u, ", list_public.kid);
    print_hex("list_key", list_public.bytes, sizeof list_public.bytes);
    printf(",\n  \"seals\": [");
    print_seal(key, &usual, true);
    print_seal(key, &statement, false);
    printf("\n  ],\n  \"status_list\": ");
    print_status_list(list_key);
    printf(" }\n");
    return 0;
}
