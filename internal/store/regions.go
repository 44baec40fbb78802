package store

import "strings"

// A Region is a region of ECS. Letters begin the ids of the objects in it, such as bp1
// in sg-bp1…; the names are those of DescribeRegions in Chinese, English and Japanese.
type Region struct {
	ID, Letters          string
	Name, NameEN, NameJA string
}

// regions are the regions of every world that DescribeRegions lists.
var regions = []Region{
	{"cn-qingdao", "m5e", "华北1（青岛）", "China (Qingdao)", "中国 (青島)"},
	{"cn-beijing", "2ze", "华北2（北京）", "China (Beijing)", "中国 (北京)"},
	{"cn-zhangjiakou", "8vb", "华北3（张家口）", "China (Zhangjiakou)", "中国 (張家口)"},
	{"cn-huhehaote", "hp3", "华北5（呼和浩特）", "China (Hohhot)", "中国 (フフホト)"},
	{"cn-wulanchabu", "0jl", "华北6（乌兰察布）", "China (Ulanqab)", "中国 (ウランチャブ)"},
	{"cn-hangzhou", "bp1", "华东1（杭州）", "China (Hangzhou)", "中国 (杭州)"},
	{"cn-shanghai", "uf6", "华东2（上海）", "China (Shanghai)", "中国 (上海)"},
	{"cn-nanjing", "gc7", "华东5（南京-本地地域）", "China (Nanjing - Local Region)", "中国 (南京 - ローカルリージョン)"},
	{"cn-fuzhou", "gw0", "华东6（福州-本地地域）", "China (Fuzhou - Local Region)", "中国 (福州 - ローカルリージョン)"},
	{"cn-shenzhen", "wz9", "华南1（深圳）", "China (Shenzhen)", "中国 (深セン)"},
	{"cn-heyuan", "f8z", "华南2（河源）", "China (Heyuan)", "中国 (河源)"},
	{"cn-guangzhou", "7xv", "华南3（广州）", "China (Guangzhou)", "中国 (広州)"},
	{"cn-chengdu", "2vc", "西南1（成都）", "China (Chengdu)", "中国 (成都)"},
	{"cn-hongkong", "j6c", "中国香港", "China (Hong Kong)", "中国 (香港)"},
	{"ap-northeast-1", "6we", "日本（东京）", "Japan (Tokyo)", "日本 (東京)"},
	{"ap-northeast-2", "mj7", "韩国（首尔）", "South Korea (Seoul)", "韓国 (ソウル)"},
	{"ap-southeast-1", "t4n", "新加坡", "Singapore", "シンガポール"},
	{"ap-southeast-2", "p0w", "澳大利亚（悉尼）", "Australia (Sydney)", "オーストラリア (シドニー)"},
	{"ap-southeast-3", "8ps", "马来西亚（吉隆坡）", "Malaysia (Kuala Lumpur)", "マレーシア (クアラルンプール)"},
	{"ap-southeast-5", "k1a", "印度尼西亚（雅加达）", "Indonesia (Jakarta)", "インドネシア (ジャカルタ)"},
	{"ap-southeast-6", "5ts", "菲律宾（马尼拉）", "Philippines (Manila)", "フィリピン (マニラ)"},
	{"ap-southeast-7", "0jo", "泰国（曼谷）", "Thailand (Bangkok)", "タイ (バンコク)"},
	{"ap-south-1", "a2d", "印度（孟买）", "India (Mumbai)", "インド (ムンバイ)"},
	{"us-east-1", "0xi", "美国（弗吉尼亚）", "US (Virginia)", "米国 (バージニア)"},
	{"us-west-1", "rj9", "美国（硅谷）", "US (Silicon Valley)", "米国 (シリコンバレー)"},
	{"eu-west-1", "d7o", "英国（伦敦）", "UK (London)", "英国 (ロンドン)"},
	{"eu-central-1", "gw8", "德国（法兰克福）", "Germany (Frankfurt)", "ドイツ (フランクフルト)"},
	{"me-east-1", "eb3", "阿联酋（迪拜）", "UAE (Dubai)", "UAE (ドバイ)"},
	{"me-central-1", "l4v", "沙特（利雅得）", "SAU (Riyadh - Partner Region)", "サウジアラビア (リヤド - パートナーリージョン)"},
	{"ap-southeast-8", "5eb", "马来西亚（柔佛）", "Malaysia (Johor)", "マレーシア (ジョホール)"},
	{"na-south-1", "4gn", "墨西哥", "Mexico", "メキシコ"},
	{"us-southeast-1", "2vu", "美国（亚特兰大）", "US (Atlanta)", "米国 (アトランタ)"},
	{"cn-zhongwei", "kz4", "西北2（中卫-本地地域）", "China (Zhongwei - Local Region)", "中国 (中衛 - ローカルリージョン)"},
	{"cn-wuhan-lr", "n4a", "华中1（武汉-本地地域）", "China (Wuhan - Local Region)", "中国 (武漢 - ローカルリージョン)"},
	{"rus-west-1", "mo3", "俄罗斯（莫斯科）", "Russia (Moscow)", "ロシア (モスクワ)"},
}

// unlisted are the regions of finance and of governments. Calls to them work, but
// DescribeRegions lists only those that a state or the world's own regions name.
var unlisted = []Region{
	named("cn-hangzhou-finance", "8fh"),
	named("cn-shanghai-finance-1", "8fs"),
	named("cn-shenzhen-finance-1", "8fz"),
	named("cn-beijing-finance-1", "8fb"),
	named("cn-north-2-gov-1", "8gn"),
	named("cn-szfinance", "9fz"),
	named("cn-hzfinance", "9fh"),
	named("cn-hzjbp", "9jh"),
	named("cn-shenzhen-finance", "7fz"),
	named("cn-beijing-finance-1-pub", "7fb"),
	named("cn-shanghai-finance-1-pub", "7fs"),
}

// named returns a region whose name is its id.
func named(id, letters string) Region { return Region{id, letters, id, id, id} }

// ZoneID returns the id of a zone of a region: cn-hangzhou-a, but ap-southeast-1a.
func ZoneID(region, letter string) string {
	if n := len(region); n > 0 && region[n-1] >= '0' && region[n-1] <= '9' {
		return region + letter
	}
	return region + "-" + letter
}

// IsZone reports whether an id is that of a zone of a region. A region has as many zones as
// there are letters.
func IsZone(region, id string) bool {
	for letter := 'a'; letter <= 'z'; letter++ {
		if id == ZoneID(region, string(letter)) {
			return true
		}
	}
	return false
}

// Zones returns the letters of the zones that the API lists, in every region. At the
// service each region has some of them: programs that name one of their region's find it.
func Zones() []string { return strings.Split("abcdefghijklmn", "") }

// NameIn returns the name of the region in a language: zh-CN, en-US or ja. In any other
// language it is that in zh-CN.
func (r *Region) NameIn(language string) string {
	switch language {
	case "en-US":
		return r.NameEN
	case "ja":
		return r.NameJA
	}
	return r.Name
}

// ZoneName returns the name of a zone, which begins with its city as the vendor writes
// it: 青岛 可用区 B, Hangzhou Zone B.
func (r *Region) ZoneName(letter, language string) string {
	zone := "可用区"
	switch language {
	case "en-US":
		zone = "Zone"
	case "ja":
		zone = "ゾーン"
	}
	return city(r.NameIn(language)) + " " + zone + " " + strings.ToUpper(letter)
}

// city returns the city in the name of a region. Some regions are named after their city.
func city(region string) string {
	_, city, ok := strings.Cut(strings.NewReplacer("（", "(", "）", "", ")", "").Replace(region), "(")
	if !ok {
		return region
	}
	city, _, _ = strings.Cut(city, "-")
	return strings.TrimSpace(city)
}
