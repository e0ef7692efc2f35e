#include "registrar/office/words.h"

#include <string.h>

typedef struct Word {
    const char *code;
    LocalText text; /* uz, uz-Cyrl, ru, en */
} Word;

/* education_type: stands first in its line, so with a capital */
static const Word types[] = {
    { "11", { { "Bakalavriat", "Бакалавриат", "Бакалавриат", "Bachelor’s degree" } } },
    { "12", { { "Magistratura", "Магистратура", "Магистратура", "Master’s degree" } } },
    { "13", { { "Ordinatura", "Ординатура", "Ординатура", "Clinical residency" } } },
    { "14",
      { { "Tayanch doktorantura (PhD)", "Таянч докторантура (PhD)", "Базовая докторантура (PhD)",
          "Doctoral studies (PhD)" } } },
    { "15", { { "Doktorantura (DSc)", "Докторантура (DSc)", "Докторантура (DSc)", "Doctoral studies (DSc)" } } },
};

/* education_form: follows the type after a comma */
static const Word forms[] = {
    { "11", { { "kunduzgi", "кундузги", "очная форма", "full-time" } } },
    { "12", { { "kechki", "кечки", "вечерняя форма", "evening" } } },
    { "13", { { "sirtqi", "сиртқи", "заочная форма", "part-time (by correspondence)" } } },
    { "14", { { "maxsus sirtqi", "махсус сиртқи", "специальная заочная форма", "special part-time" } } },
    { "15",
      { { "ikkinchi oliy taʼlim", "иккинчи олий таълим", "второе высшее образование", "second higher education" } } },
    { "16", { { "masofaviy", "масофавий", "дистанционная форма", "distance" } } },
    { "17",
      { { "qoʻshma taʼlim dasturi", "қўшма таълим дастури", "совместная образовательная программа",
          "joint programme" } } },
};

static const Word payments[] = {
    { "11", { { "Davlat granti", "Давлат гранти", "Государственный грант", "State grant" } } },
    { "12",
      { { "Toʻlov-shartnoma asosida", "Тўлов-шартнома асосида", "На платно-контрактной основе",
          "Fee-paying (contract)" } } },
};

/* ISO 3166-1; of the countries that students come from.  Names as each language's official papers have them. */
static const Word countries[] = {
    { "UZ",
      { { "Oʻzbekiston Respublikasi", "Ўзбекистон Республикаси", "Республика Узбекистан",
          "Republic of Uzbekistan" } } },
    { "AF", { { "Afgʻoniston", "Афғонистон", "Афганистан", "Afghanistan" } } },
    { "AZ", { { "Ozarbayjon", "Озарбайжон", "Азербайджан", "Azerbaijan" } } },
    { "BD", { { "Bangladesh", "Бангладеш", "Бангладеш", "Bangladesh" } } },
    { "BY", { { "Belarus", "Беларусь", "Беларусь", "Belarus" } } },
    { "CN", { { "Xitoy", "Хитой", "Китай", "China" } } },
    { "IN", { { "Hindiston", "Ҳиндистон", "Индия", "India" } } },
    { "IR", { { "Eron", "Эрон", "Иран", "Iran" } } },
    { "KG", { { "Qirgʻiziston", "Қирғизистон", "Кыргызстан", "Kyrgyzstan" } } },
    { "KR", { { "Koreya Respublikasi", "Корея Республикаси", "Республика Корея", "Republic of Korea" } } },
    { "KZ", { { "Qozogʻiston", "Қозоғистон", "Казахстан", "Kazakhstan" } } },
    { "LK", { { "Shri-Lanka", "Шри-Ланка", "Шри-Ланка", "Sri Lanka" } } },
    { "NG", { { "Nigeriya", "Нигерия", "Нигерия", "Nigeria" } } },
    { "PK", { { "Pokiston", "Покистон", "Пакистан", "Pakistan" } } },
    { "RU", { { "Rossiya Federatsiyasi", "Россия Федерацияси", "Российская Федерация", "Russian Federation" } } },
    { "SY", { { "Suriya", "Сурия", "Сирия", "Syria" } } },
    { "TJ", { { "Tojikiston", "Тожикистон", "Таджикистан", "Tajikistan" } } },
    { "TM", { { "Turkmaniston", "Туркманистон", "Туркменистан", "Turkmenistan" } } },
    { "TR", { { "Turkiya", "Туркия", "Турция", "Türkiye" } } },
    { "UA", { { "Ukraina", "Украина", "Украина", "Ukraine" } } },
};

static const struct {
    const Word *words;
    size_t count;
} lists[] = {
    [WORDS_TYPE] = { types, COUNT(types) },
    [WORDS_FORM] = { forms, COUNT(forms) },
    [WORDS_PAYMENT] = { payments, COUNT(payments) },
    [WORDS_COUNTRY] = { countries, COUNT(countries) },
};
static_assert(COUNT(lists) == WORDS_LIST_COUNT, "one row per WordList");

const LocalText *words_find(WordList list, const char *code)
{
    for (size_t i = 0; code && i < lists[list].count; i++)
        if (!strcmp(lists[list].words[i].code, code))
            return &lists[list].words[i].text;
    return NULL;
}
