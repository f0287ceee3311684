/** Everything the page says in its own voice: [Chinese, English]. */
export const STRINGS = {
  // The frame
  brand: ["先后", "Xianhou"],
  page_title: ["先后 · 学习建议", "Xianhou · learning advice"],
  skip: ["跳到提问框", "Skip to the question box"],
  menu: ["对话列表", "Conversations"],
  close: ["关闭", "Close"],
  new_conversation: ["新对话", "New conversation"],
  language_toggle: ["English", "中文"],
  language_toggle_label: ["Switch to English", "切换到中文"],
  theme_auto: ["外观：跟随系统", "Appearance: as the system"],
  theme_light: ["外观：浅色", "Appearance: light"],
  theme_dark: ["外观：深色", "Appearance: dark"],

  // The first screen
  welcome_title: ["先学什么，后学什么？", "What comes first?"],
  welcome: [
    "深度学习、机器学习和大模型怎么学：看有经验的人说过什么、分歧在哪里，再看对你的目标意味着什么。",
    "Learning deep learning, machine learning or LLMs: what experienced people said, where they differ, and what follows for your goal.",
  ],
  samples_label: ["可以这样问", "You could ask"],
  promises_label: ["三个承诺", "Three promises"],
  promise_words: [
    "不替任何人编话：引文出自存下的来源，是原话还是转述都会标明。",
    "Nothing is put into anyone’s mouth: quotations come from stored sources and say whose words they are.",
  ],
  promise_split: ["有分歧就摆出来，不抹平。", "Disagreement is shown, not averaged away."],
  promise_abstain: ["来源没有谈到的，就直说没有。", "Where the sources are silent, it says so."],

  // Asking
  ask_label: ["你的问题", "Your question"],
  ask_placeholder: ["想学什么，卡在哪里？", "What do you want to learn?"],
  send: ["发送", "Send"],
  stop: ["停止", "Stop"],
  question_room: ["还可以写 {n} 字", "{n} characters left"],
  question_too_long: [
    "太长了，多了 {n} 字。问题最多 {limit} 字，缩短后才能发送。",
    "Too long by {n} characters. A question takes at most {limit}; shorten it to send it.",
  ],
  ask_hint: [
    "每一句核对过才显示；点编号看来源。",
    "Every sentence is checked before it appears. Press a number to see its source.",
  ],

  // An answer
  you_asked: ["你问：", "You asked: "],
  understood_as: ["理解为：{asked}", "Understood as: {asked}"],
  looking: ["正在找来源…", "Looking for sources…"],
  reading: ["正在读 {n} 个来源：{names}", "Reading {n} sources: {names}"],
  reading_one: ["正在读 1 个来源：{names}", "Reading 1 source: {names}"],
  and_more: ["{names} 等", "{names} and others"],
  checking: ["正在逐句核对…", "Checking sentence by sentence…"],
  finished: ["回答完毕。", "The answer is complete."],
  stopped: ["已停止，上面是停下之前的部分。", "Stopped. Above is the part written before."],
  stopped_empty: ["已停止。", "Stopped."],
  cut: ["连接中断了，回答没有写完。", "The connection was cut before the answer was complete."],
  failed: ["没能写出回答。", "The answer could not be written."],
  try_again: ["再试一次", "Try again"],
  wait: ["{n} 秒后可以再试", "You can try again in {n} s"],
  offline: [
    "连不上服务器。检查网络后再试一次。",
    "The server cannot be reached. Check the connection and try again.",
  ],
  http_error: [
    "服务器出错了（{status}）。稍后再试一次。",
    "The server failed ({status}). Try again later.",
  ],
  note: ["注意：{text}", "Note: {text}"],
  comma: ["、", ", "],

  // What was assumed
  goal_chip: ["目标：{name}（{reason}）", "Goal: {name} ({reason})"],
  goal_chip_plain: ["目标：{name}", "Goal: {name}"],
  goal_chip_none: ["目标：没有提到", "Goal: not stated"],
  goal_none: ["不限目标", "No particular goal"],
  goal_menu: ["你学它是为了什么？", "What do you want it for?"],
  direction_chip: ["方向：{name}", "Direction: {name}"],
  direction_chip_none: ["方向", "Direction"],
  direction_none: ["不限方向", "No particular direction"],
  direction_menu: ["往哪个方向？", "Which direction?"],
  time_chip: ["时间：{time}", "Time: {time}"],
  time_chip_none: ["时间", "Time"],
  time_menu: ["你有多少时间？", "How much time do you have?"],
  weeks: ["{n} 周", "{n} weeks"],
  week: ["{n} 周", "{n} week"],
  hours_a_week: ["每周 {n} 小时", "{n} h a week"],
  weeks_field: ["一共几周", "Weeks in all"],
  hours_field: ["每周几小时", "Hours a week"],
  time_clear: ["清除时间", "Clear the time"],
  apply: ["按这个再答一次", "Answer again for this"],
  wish_hint: [
    "以后的问题都按它回答，随时可以改。",
    "Later questions keep to it, in new conversations too; change it any time.",
  ],

  // The split of opinion
  opinions: ["各方看法：{topic}（不分目标）", "Who says what, for all goals: {topic}"],
  one_sided: ["来源里只找到这一种看法。", "The sources hold only this one side."],
  guessed: [
    "立场由程序推断，未经人核对",
    "stance inferred by a program, not confirmed by a person",
  ],
  guessed_legend: [
    "? 立场由程序推断，未经人核对。",
    "? A program inferred the stance; no person confirmed it.",
  ],
  segment_label: ["{label}：{n} 位，点开看是谁", "{label}: {n}, open to see who"],
  people_count: ["{n} 位", "{n}"],
  unnamed: ["未具名作者", "an unnamed author"],

  // Sources
  sources: ["来源（{n}）", "Sources ({n})"],
  source_label: ["来源 {n}：{author}", "Source {n}: {author}"],
  card: ["来源", "Source"],
  undated: ["日期未知", "date unknown"],
  open_original: ["打开原文", "Open the original"],
  words_own: ["原文", "Their own words"],
  words_ours: ["转述（本项目的话，不是原文）", "Our summary, not their words"],
  words_course: ["课程资料（本项目整理）", "Course facts, in our words"],
  rendering_zh: ["中文转述（本项目的话）", "In Chinese, in our words"],
  rendering_en: ["英文转述（本项目的话）", "In English, in our words"],
  old: [
    "写于五年多以前，框架和工具可能已经变了。",
    "Written more than five years ago; frameworks and tools may have changed.",
  ],
  loading: ["正在取…", "Loading…"],
  context_missing: [
    "前后文现在取不到，只显示引文。",
    "The text around it cannot be fetched now; this is the quotation alone.",
  ],
  source_missing: ["这个来源现在取不到。", "This source cannot be fetched now."],
  position_here: ["看法：{label}", "Position: {label}"],

  // Under an answer
  copy: ["复制", "Copy"],
  copied: ["已复制，连同来源", "Copied with sources"],
  copy_failed: ["没能复制", "Could not copy"],
  share: ["分享", "Share"],
  saved: ["已保存为文件", "Saved as a file"],
  helpful: ["有帮助", "Helpful"],
  not_helpful: ["没有帮助", "Not helpful"],
  wrong_citation: ["引用有误", "Wrong citation"],
  feedback: ["你想反馈什么？", "What would you like to tell us?"],
  feedback_sentence: ["哪一句？", "Which sentence?"],
  feedback_comment: ["想补充的话（可不填）", "Anything to add (optional)"],
  feedback_send: ["发送反馈", "Send feedback"],
  feedback_thanks: ["谢谢，记下了。", "Thank you, noted."],
  follow_ups: ["接着可以问", "You could ask next"],
  small_print: ["这个回答是怎么来的", "How this answer came about"],
  written_by: [
    "正文由语言模型 {model} 执笔，结论和人数由程序统计；每一句都核对过才显示。",
    "The language model {model} wrote the body, rules the verdict and the counts; each sentence was checked before it was shown.",
  ],
  composed: [
    "没有用语言模型：句子由程序从存下的来源里组成，每一句都核对过。",
    "No language model was used: the sentences were composed from the stored sources and each was checked.",
  ],
  own_conclusions: [
    "没有编号的句子是本助手自己的推断，不是来源里的话。",
    "Sentences without a number are the tutor’s own conclusions, not the words of a source.",
  ],
  check: [
    "句子核对：写了 {sentences} 句，{supported} 句通过{mended}，删去 {dropped} 句。",
    "Sentence check: {sentences} written, {supported} passed{mended}, {dropped} dropped.",
  ],
  mended: ["（其中 {ways}）", " ({ways})"],
  repaired: ["{n} 句修正过", "{n} after a repair"],
  reworded: ["{n} 句换成了来源的文字", "{n} in the stored words of the source"],
  answered_in: ["用时 {seconds} 秒。", "Answered in {seconds} s."],

  // Conversations
  conversations: ["对话", "Conversations"],
  no_conversations: ["还没有对话。", "No conversations yet."],
  more: ["更早的对话", "Earlier conversations"],
  conversation_menu: ["「{title}」的更多操作", "More for “{title}”"],
  export_markdown: ["导出 Markdown", "Export Markdown"],
  export_json: ["导出 JSON", "Export JSON"],
  delete: ["删除", "Delete"],
  delete_title: ["删除这个对话？", "Delete this conversation?"],
  delete_text: [
    "「{title}」会被彻底删除，不能恢复。",
    "“{title}” will be erased and cannot be brought back.",
  ],
  cancel: ["取消", "Cancel"],
  conversation_missing: [
    "找不到这个对话，它可能已经被删除。",
    "This conversation cannot be found; it may have been deleted.",
  ],
  forget: ["忘掉我", "Forget me"],
  forget_title: ["忘掉关于你的一切？", "Forget everything about you?"],
  forget_text: [
    "你的所有对话、目标和反馈都会从服务器上删除，不能恢复。",
    "All your conversations, your goal and your feedback will be erased from the server and cannot be brought back.",
  ],
  forget_do: ["全部删除", "Erase everything"],
  forgotten: ["已全部删除。", "Everything was erased."],

  // The access key
  key_title: ["需要访问密钥", "An access key is needed"],
  key_text: [
    "把管理员给你的密钥填在这里。它只保存在这台设备的浏览器里。",
    "Enter the key that you were given. It is kept in this browser only.",
  ],
  key_wrong: [
    "这个密钥不对或已停用，请核对，或找老师、管理员要新的。",
    "This key is wrong or no longer valid. Check it, or ask your teacher for a new one.",
  ],
  key_field: ["访问密钥", "Access key"],
  key_save: ["继续", "Continue"],
  key_remove: ["移除访问密钥", "Remove the access key"],
};
