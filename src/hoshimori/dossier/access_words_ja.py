"""Japanese words of accounts, keys and the audit; the keys are those of every language."""

from __future__ import annotations

ACCESS_WORDS: dict[str, str] = {
    "account.column.name": "名前",
    "account.column.role": "役割",
    "account.column.audience": "閲覧範囲",
    "account.column.created": "作成",
    "account.column.ways": "サインイン方法",
    "account.way.password": "パスワード",
    "account.way.oidc": "組織のアカウント",
    "account.none": "アカウントはまだありません。この計算機の中だけで、利用者が管理者になります。",
    "account.added": "{name} がサインインできます：{role}、閲覧範囲は{audience}。",
    "account.changed": (
        "{name} は{role}になりました。閲覧範囲は{audience}。セッションとキーは終了しました。"
    ),
    "account.password": "{name} のパスワードを変更しました。セッションは終了しました。",
    "account.removed": "{name} を、そのセッションとキーとともに削除しました。",
    "role.viewer": "閲覧者",
    "role.analyst": "分析者",
    "role.decider": "判断者",
    "role.exercise_director": "演習統裁者",
    "role.administrator": "管理者",
    "audience.home": "すべて",
    "audience.home.limited": "{limit} まで",
    "audience.partner": "{partner} に渡せるもののうち {limit} まで",
    "key.column.key": "キー",
    "key.column.name": "渡した先",
    "key.column.role": "役割",
    "key.column.audience": "閲覧範囲",
    "key.column.until": "期限",
    "key.made": "{name} のキー {key_id}、期限 {until}。表示は今回限りで、どこにも保存されません：",
    "key.gone": "{name} のキー {key_id} を削除しました。",
    "sign_in.refused": "サインインできませんでした",
    "sign_in.unfinished": "組織のアカウントによるサインインが完了しませんでした。",
    "sign_in.unfinished.do": "やり直してください。直らない場合は管理者に連絡してください。",
    "sign_in.no_account": (
        "組織では確認されましたが、このサーバーにあなたのアカウントがありません。"
    ),
    "sign_in.no_account.do": "このサーバーの管理者にアカウントの作成を依頼してください。",
    "sign_in.no_organisation": "このサーバーでは組織のアカウントを使えません。",
    "sign_in.no_organisation.do": "名前とパスワードでサインインしてください。",
    "sign_in.too_many": "サインインの試行が多すぎます。",
    "sign_in.too_many.do": "{minutes} 分待ってから、もう一度試してください。",
    "sign_in.unreachable": (
        "組織のアカウントのサーバーに接続できないか、サーバーに拒否されました。"
    ),
    "sign_in.unreachable.do": (
        "1 分後にもう一度試してください。続く場合は管理者に連絡してください。"
    ),
    "sign_in.back": "サインインに戻る",
    "audit.column.when": "時刻",
    "audit.column.kind": "種類",
    "audit.column.who": "誰が",
    "audit.column.what": "何を",
    "audit.column.where": "どこから",
    "audit.kind.asked": "要求",
    "audit.kind.refused": "拒否",
    "audit.kind.signed_in": "サインイン",
    "audit.kind.signed_out": "サインアウト",
    "audit.kind.accounts": "アカウント",
    "audit.refused": "{what}（{why}）",
    "audit.empty": "監査記録にはまだ何もありません。",
    "audit.whole.one": "監査記録は完全です：{number} 件。",
    "audit.whole.many": "監査記録は完全です：{number} 件。",
    "audit.head": "最後の記録のダイジェスト：{head}",
    "audit.head.note": (
        "別の場所に控えてください。以後の記録はこれに続き、末尾が失われた場合にも分かります。"
    ),
    "audit.broken": "監査記録は {number} 番の記録で壊れています：{problem}",
    "audit.broken.missing": "その前の記録が失われたか、挿入されています。",
    "audit.broken.relinked": "直前の記録に続いていません。",
    "audit.broken.altered": "内容が書かれた時のものではありません。",
    "audit.broken.note": (
        "それより前の記録は書かれた時のままです。バックアップから復元してください。"
    ),
}
