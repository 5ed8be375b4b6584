<script>
(() => {
  // Streamlit's own few English words, in Japanese; only in its own parts, never in what a user or an answer says.
  if (window.srWords) return;
  window.srWords = true;
  const words = {
    "Connection error": "画面につながりません",
    "Page not found": "そのページはありません",
    "The page that you have requested does not seem to exist. Running the app's main page.": "「しるべに聞く」の画面を開きました。",
    "Upload": "ファイルを選ぶ", "Add files": "ファイルを足す", "Close": "閉じる",
    "Add row": "行を足す", "Delete row(s)": "選んだ行を消す", "Show/hide columns": "列の表示", "Download as CSV": "CSVで保存",
    "Search": "表の中を探す", "Fullscreen": "広げる", "Close fullscreen": "元に戻す", "Sort ascending": "小さい順に並べる",
    "Sort descending": "大きい順に並べる", "Autosize": "幅を合わせる", "Pin column": "列を固定", "Unpin column": "固定をやめる",
    "Hide column": "列を隠す", "Format": "表示の形", "No results": "見つかりません", "No options to select": "選べるものがありません",
    "yyyy": "年", "mm": "月", "dd": "日",
  };
  const stopped = "しるべが止まっているようです。shirube を動かしている画面を確かめ、止まっていたらもう一度始めてください。つながると、そのまま続けられます。";
  const own = '[role="dialog"], [role="tooltip"], [role="menu"], [role="listbox"], [data-testid^="stTooltip"], [data-testid="stFileUploader"],' +
    '[data-testid="stElementToolbar"], [data-testid="stDataFrameColumnMenu"], [data-testid="stDateInput"]';
  const say = (text) => (Object.hasOwn(words, text) && words[text]) || (/^(Streamlit server is not responding|Is Streamlit still running)/.test(text) ? stopped : null);
  const mend = (node) => {
    if (node.nodeType === Node.TEXT_NODE) {
      const told = say(node.nodeValue.trim());
      if (told && node.parentElement && node.parentElement.closest(own)) node.nodeValue = told;
      return;
    }
    if (node.nodeType !== Node.ELEMENT_NODE) return;
    const walker = document.createTreeWalker(node, NodeFilter.SHOW_TEXT);
    for (let text = walker.nextNode(); text; text = walker.nextNode()) mend(text);
    for (const part of node.querySelectorAll("[aria-label^='Remove ']"))
      part.setAttribute("aria-label", part.getAttribute("aria-label").replace(/^Remove (.*)$/, "$1 を外す"));
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "characterData") mend(change.target);
      for (const node of change.addedNodes) mend(node);
    }
  }).observe(document.body, {childList: true, subtree: true, characterData: true});
  mend(document.body);
})();
</script>
