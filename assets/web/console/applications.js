// An answer template goes into the words, where they are still looked at; without this its link does the same.
'use strict';
document.addEventListener('click', (event) => {
    const link = event.target.closest('a[data-words]'), words = document.getElementById('words');
    if (!link || !words || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    words.value = words.value.trim() ? `${words.value.trim()} ${link.dataset.words}` : link.dataset.words;
    words.focus();
});
// What is marked is not lost to news of others.
document.addEventListener('change', (event) => {
    if (event.target.name === 'pick') document.getElementById('inbox').toggleAttribute('data-busy', document.querySelector('input[name=pick]:checked') !== null);
});
