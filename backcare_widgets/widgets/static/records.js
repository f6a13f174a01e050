/* Built from frontend/ by "make page": @preact/signals 2.11.4, preact 11.2.0, esbuild 0.28.2. */
var n,t,r,u,i,f,o,e,l,c,a,s,h=Symbol.for("pv"),p={},y=[],v=/^m(i|n|o|s|text|space)$/,w=Array.isArray,
d=y.slice,_=Object.assign;function g(n3){n3&&n3.parentNode&&n3.remove()}function k(n3,t4,r4){var u4,
i4,f5,o5={},e4=arguments.length;for(f5 in t4)f5=="key"?u4=t4[f5]:f5=="ref"&&typeof n3!="function"?i4=
t4[f5]:o5[f5]=t4[f5];return e4>2&&(o5.children=e4>3?d.call(arguments,2):r4),m(n3,o5,u4,i4,null)}function m(r4,u4,i4,f5,o5){var e4={type:r4,props:u4,key:i4,ref:f5,__k:null,__:null,__b:0,__e:null,__c:null,
constructor:h,__v:o5||++t,__i:-1,__u:0};return!o5&&n.vnode&&n.vnode(e4),e4}function $(n3){return n3.children}function x(n3,t4){this.props=n3,this.context=t4,this.__g=0}function S(n3,t4){
if(t4==null)return n3.__&&S(n3.__,n3.__i+1);for(var r4;t4<n3.__k.length;t4++)if((r4=n3.__k[t4])&&r4.
__e)return r4.__e;return typeof n3.type!="function"||n3.props.__P?null:S(n3)}function C(t4){var r4,u4=t4.
__v,i4=u4.__e,f5=[],o5=[],e4=t4.__P;e4&&((r4=_({constructor:h},u4)).__v=u4.__v+1,n.vnode&&n.vnode(r4),
z(e4,r4,u4,t4.__n,e4.namespaceURI,32&u4.__u?[i4]:null,f5,i4||S(u4),32&u4.__u,o5),r4.__v=u4.__v,r4.__.
__k[r4.__i]=r4,E(f5,r4,o5),u4.__=u4.__e=null,r4.__e!=i4&&j(r4))}function j(n3){if((n3=n3.__)&&n3.__c&&
!n3.props.__P)return n3.__e=null,n3.__k.some(function(t4){return t4&&(n3.__e=t4.__e)}),j(n3)}function L(t4){
(8&t4.__g||(t4.__g|=8,u.push(t4),f++))&&i==n.debounceRendering||((i=n.debounceRendering)||queueMicrotask)(
H)}function H(){try{for(var n3,t4=1;u.length;)u.length>t4&&u.sort(o),n3=u.shift(),t4=u.length,8&n3.__g&&
C(n3)}finally{(f=u.length)&&(i||queueMicrotask)(H)}}function I(n3,t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){var s4,
h5,v4,w5,d4,_3,g5=u4.__k||y,k4=t4.length;for(l4=q(r4,t4,g5,l4,k4),s4=0;s4<k4;s4++)(v4=r4.__k[s4])!=null&&
(h5=~v4.__i&&g5[v4.__i]||p,v4.__i=s4,_3=z(n3,v4,h5,i4,f5,o5,e4,l4,c4,a5),w5=v4.__e,(h5.ref!=v4.ref||
8&h5.__u)&&(h5.ref&&G(h5.ref,null,v4,h5),v4.ref&&a5.push(v4.ref,v4.__c||w5,v4)),d4=d4||w5,4&v4.__u?(l4=
A(v4,l4,n3,!h5.__v),h5.__e&&(h5.__e=null)):typeof v4.type=="function"&&_3!==void 0?l4=_3:w5&&(l4=w5.
nextSibling),v4.__u&=-21);return r4.__e=d4,l4}function q(n3,t4,r4,u4,i4){var f5,o5,e4,l4,c4,a5,s4,p5,
y5,v4=r4.length,d4=v4,_3=0,g5=0,k4=n3.__k=Array(i4);for(f5=0;f5<i4;f5++)(o5=t4[f5])!=null&&typeof o5!=
"boolean"&&typeof o5!="function"?(typeof o5!="object"||o5.constructor===String?o5=k4[f5]=m(null,o5):
w(o5)?o5=k4[f5]=m($,{children:o5}):o5.constructor===h&&o5.__b?o5=k4[f5]=m(o5.type,o5.props,o5.key,o5.
ref,o5.__v):k4[f5]=o5,l4=f5+_3,o5.__=n3,o5.__b=n3.__b+1,e4=null,~(c4=o5.__i=P(o5,r4,l4,d4))&&(d4--,(e4=
r4[c4])&&(e4.__u|=2)),e4&&e4.__v?(o5.__u|=16,c4==l4-1?_3--:c4==l4+1?_3++:c4!=l4&&(c4>l4?_3--:_3++,g5=
1)):(~c4||(i4>v4?_3--:i4<v4&&_3++),typeof o5.type!="function"&&(o5.__u|=4))):k4[f5]=null;if(g5){for(a5=
[],s4=[],f5=0;f5<i4;f5++)if((o5=k4[f5])&&16&o5.__u){for(_3=0,p5=a5.length;_3<p5;)a5[y5=_3+p5>>1]<o5.
__i?_3=y5+1:p5=y5;a5[_3]=o5.__i,s4[f5]=_3+1}for(_3=a5.length;f5--;)s4[f5]&&(s4[f5]==_3?_3--:k4[f5].__u|=
4)}if(d4)for(f5=0;f5<v4;f5++)!(e4=r4[f5])||2&e4.__u||(e4.__e==u4&&(u4=S(e4)),J(e4,e4));return u4}function A(n3,t4,r4,u4){
var i4,f5,o5,e4;if(typeof n3.type=="function"){if(n3.props.__P)return t4;if(i4=n3.__k)for(f5=0;f5<i4.
length;f5++)i4[f5]&&(i4[f5].__=n3,t4=A(i4[f5],t4,r4,!1));return t4}for(t4&&!t4.parentNode&&(t4=S(n3))&&
!t4.parentNode&&(t4=null),o5=n3.__e,e4=t4;e4&&e4.nodeType==8;)e4=e4.nextSibling;for(o5!=e4&&(!u4&&r4.
moveBefore&&o5.parentNode?r4.moveBefore(o5,t4):r4.insertBefore(o5,t4||null)),t4=o5;(t4=t4&&t4.nextSibling)&&
t4.nodeType==8&&!t4.data.startsWith("$s"););return t4}function P(n3,t4,r4,u4){var i4,f5=n3.key,o5=n3.type,e4=t4[r4],l4=e4&&!(2&e4.__u);if(e4===null&&f5==null||
l4&&f5==e4.key&&o5==e4.type)return r4;if(u4>(l4?1:0)){for(i4=r4-1;i4>=0;i4--)if((e4=t4[i4])&&!(2&e4.
__u)&&f5==e4.key&&o5==e4.type)return i4;for(i4=r4+1;i4<t4.length;i4++)if((e4=t4[i4])&&!(2&e4.__u)&&f5==
e4.key&&o5==e4.type)return i4}return-1}function T(n3,t4,r4){r4==null&&(r4=""),t4[0]=="-"?n3.setProperty(
t4,r4):n3[t4]=r4}function N(n3,t4,r4,u4,i4){var f5,o5;if(t4=="style")if(typeof r4=="string")n3.style.
cssText=r4;else{if(typeof u4=="string"&&(n3.style.cssText=u4=""),u4)for(t4 in u4)r4&&t4 in r4||T(n3.
style,t4);if(r4)for(t4 in r4)u4&&r4[t4]==u4[t4]||T(n3.style,t4,r4[t4])}else if(t4[0]=="o"&&t4[1]=="n")
typeof r4!="function"&&(r4=null),typeof u4!="function"&&(u4=null),(n3.__e||(n3.__e={}))[t4]=r4,r4&&u4||
(o5=a[t4]||(a[t4]=V(t4)),(n3.__a||(n3.__a={}))[t4]=c,f5=t4!=(t4=t4.replace(l,"$1")),(t4=t4.slice(2))[0]<
"a"&&(t4=t4.toLowerCase()),r4?n3.addEventListener(t4,o5,f5):n3.removeEventListener(t4,o5,f5));else{if(i4==
"http://www.w3.org/2000/svg")t4=t4.replace(/xlink(H|:h)/,"h").replace(/sName$/,"s");else if(t4!="wid\
th"&&t4!="height"&&t4!="href"&&t4!="list"&&t4!="form"&&t4!="tabIndex"&&t4!="download"&&t4!="rowSpan"&&
t4!="colSpan"&&t4!="role"&&t4!="popover"&&t4 in n3)try{return void(n3[t4]=r4??"")}catch{}if(typeof r4==
"function")return;r4==null||r4===!1&&t4[4]!="-"?n3.removeAttribute(t4):n3.setAttribute(t4,t4=="popov\
er"&&r4==1?"":r4)}}function V(t4){return function(r4){var u4=this.__e;if(u4){if(u4=u4[t4],r4[e]==null)
r4[e]=c++;else if(r4[e]<this.__a[t4])return;return u4(n.event?n.event(r4):r4)}}}function z(t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){
var s4,p5,v4,d4,k4,b3,m5,M2,C3,j3,L2,H2,q2,A4,O2,P2,T4,N2,V2=r4.type;if(r4.constructor!==h)return null;
128&u4.__u&&(c4=32&u4.__u,s4=u4.__c.__z)&&(r4.__u|=c4,p5=o5=[],s4.nodeType==8?l4=B(s4,o5):o5.push(s4),
l4=o5[0]||l4),(s4=n.__b)&&s4(r4);n:if(typeof V2=="function"){v4=e4.length;try{if(M2=r4.props,C3=(s4=
V2.prototype)&&s4.render,j3=(s4=V2.contextType)&&i4[s4.__c],L2=s4?j3?j3.props.value:s4.__:i4,(d4=u4.
__c)?(r4.__c=d4,2&d4.__g&&(d4.__g|=1)):(C3?r4.__c=d4=new V2(M2,L2):(r4.__c=d4=new x(M2,L2),d4.constructor=
V2,d4.render=K),j3&&j3.sub(d4),d4.state||(d4.state={}),d4.__n=i4,d4.__g|=8,d4.__h=[],d4.__k=[]),C3&&
(d4.__s||(d4.__s=d4.state),V2.getDerivedStateFromProps&&(d4.__s==d4.state&&(d4.__s=_({},d4.__s)),_(d4.
__s,V2.getDerivedStateFromProps(M2,d4.__s)))),k4=d4.props,b3=d4.state,d4.__v=r4,u4.__c){if(M2!==k4&&
C3&&!V2.getDerivedStateFromProps&&d4.componentWillReceiveProps&&d4.componentWillReceiveProps(M2,L2),
r4.__v==u4.__v&&!(8&d4.__g)||!(4&d4.__g)&&d4.shouldComponentUpdate&&d4.shouldComponentUpdate(M2,d4.__s,
L2)===!1){r4.__v!=u4.__v&&(d4.props=M2,d4.state=d4.__s,d4.__g&=-9),r4.__e=u4.__e,r4.__k=u4.__k,r4.__k.
some(function(n3){n3&&(n3.__=r4)}),y.push.apply(d4.__h,d4.__k),d4.__k=[],d4.__h.length&&e4.push(d4),
l4=S(u4);break n}d4.componentWillUpdate&&d4.componentWillUpdate(M2,d4.__s,L2),C3&&d4.componentDidUpdate&&
d4.__h.push(function(){d4.componentDidUpdate(k4,b3,m5)})}else C3&&!V2.getDerivedStateFromProps&&d4.componentWillMount&&
d4.componentWillMount(),C3&&d4.componentDidMount&&d4.__h.push(d4.componentDidMount);d4.context=L2,d4.
props=M2,d4.__P=t4,d4.__g&=-5,H2=n.__r,q2=C3?25:0;do d4.__g&=-9,H2&&H2(r4),s4=d4.render(d4.props,d4.
state=d4.__s,d4.context);while(8&d4.__g&&++q2<25);C3&&(y.push.apply(d4.__h,d4.__k),d4.__k=[]),d4.state=
d4.__s,d4.getChildContext&&(i4=_({},i4,d4.getChildContext())),C3&&u4.__c&&d4.getSnapshotBeforeUpdate&&
(m5=d4.getSnapshotBeforeUpdate(k4,b3)),A4=s4&&s4.type===$&&s4.key==null?s4.props.children:s4,M2.__P&&
(s4=l4,f5=(t4=M2.__P).namespaceURI,c4=o5=null,u4.props&&u4.props.__P!=t4&&(u4.__k.some(function(n3){
n3&&J(n3,n3)}),u4.__k=null),l4=u4.__k?S(u4,0):null),l4=I(t4,w(A4)?A4:[A4],r4,u4,i4,f5,o5,e4,l4,c4,a5),
M2.__P&&(r4.__e=null,l4=s4),r4.__u&=-161,p5&&p5.some(g),d4.__h.length&&e4.push(d4),1&d4.__g&&(d4.__g&=
-4)}catch(t5){if(e4.length=v4,r4.__v=null,c4||o5)if(t5&&t5.then){if(r4.__u|=128|c4,o5){for(~(T4=o5.indexOf(
l4||void 0))||(T4=o5.length);(N2=o5[T4-1])&&N2.nodeType==8;)T4--;for(;T4<o5.length;T4++)if(N2=o5[T4])
if(o5[T4]=null,O2){if(N2==P2)break}else{if(N2.nodeType!=8)break;N2.data.startsWith("$s")&&(P2=B(O2=N2))}}
if(!O2){for(;l4&&l4.nodeType==8&&l4.nextSibling;)l4=l4.nextSibling;O2=l4}(s4=B(O2=r4.__c.__z||(r4.__c.
__z=O2)))?(r4.__e=O2,l4=s4):r4.__e=l4,l4=l4&&l4.nextSibling}else o5&&o5.some(g);else r4.__e=u4.__e;r4.
__k||(r4.__k=u4.__k||[]),t5&&t5.then||D(r4),n.__e(t5,r4,u4)}}else l4=r4.__e=F(u4.__e,r4,u4,i4,f5,o5,
e4,c4,a5,t4);return(s4=n.diffed)&&s4(r4),l4}function B(n3,t4){if(n3&&n3.nodeType==8&&n3.data.startsWith(
"$s"))for(var r4=1;n3=n3.nextSibling;){if(n3.nodeType==8){if(n3.data.startsWith("$s"))r4++;else if(n3.
data.startsWith("/$s")&&!--r4)return n3}t4&&t4.push(n3)}}function D(n3){n3&&(n3.__c&&(n3.__c.__g|=4),
n3.__k&&n3.__k.some(D))}function E(t4,r4,u4){for(var i4=0;i4<u4.length;)G(u4[i4++],u4[i4++],u4[i4++]);
n.__c&&n.__c(r4,t4),t4.some(function(r5){try{t4=r5.__h,r5.__h=[],t4.some(function(n3){n3.call(r5)})}catch(t5){
n.__e(t5,r5.__v)}})}function F(t4,r4,u4,i4,f5,o5,e4,l4,c4,a5){var s4,h5,y5,_3,k4,b3,m5,M2,$2=u4.props||
p,x3=r4.props,C3=r4.type;if(C3=="svg"?f5="http://www.w3.org/2000/svg":C3=="math"?f5="http://www.w3.o\
rg/1998/Math/MathML":f5||(f5="http://www.w3.org/1999/xhtml"),o5){for(s4=0;s4<o5.length;s4++)if((k4=o5[s4])&&
(C3?k4.localName==C3:k4.nodeType==3)){t4=k4,o5[s4]=null;break}}if(!t4){if(M2=a5.ownerDocument||document,
!C3)return M2.createTextNode(x3);t4=M2.createElementNS(f5,C3,x3.is?x3:a5),l4&&(n.__m&&n.__m(r4,o5),l4=
!1),o5=null}if(C3){if(a5=C3=="template"&&t4.content||t4,o5=C3=="textarea"&&x3.defaultValue!=null?null:
o5&&d.call(a5.childNodes),!l4&&o5)for($2={},s4=0;s4<t4.attributes.length;s4++)$2[(k4=t4.attributes[s4]).
name]=k4.value;for(s4 in $2)k4=$2[s4],s4=="dangerouslySetInnerHTML"?y5=k4:s4=="children"||s4 in x3||
s4=="value"&&"defaultValue"in x3||s4=="checked"&&"defaultChecked"in x3||N(t4,s4,null,k4,f5);for(s4 in x3)
k4=x3[s4],s4=="children"?_3=k4:s4=="dangerouslySetInnerHTML"?h5=k4:s4=="value"?b3=k4:s4=="checked"?m5=
k4:l4&&typeof k4!="function"||$2[s4]===k4||N(t4,s4,k4,$2[s4],f5);h5?(l4||y5&&(h5.__html==y5.__html||
h5.__html==t4.innerHTML)||(t4.innerHTML=h5.__html),r4.__k=[]):(y5&&(t4.textContent=""),(C3=="foreign\
Object"||f5=="http://www.w3.org/1998/Math/MathML"&&v.test(C3))&&(f5="http://www.w3.org/1999/xhtml"),
I(a5,w(_3)?_3:[_3],r4,u4,i4,f5,o5,e4,o5?o5[0]:u4.__k&&S(u4,0),l4,c4),o5&&o5.some(g)),l4&&C3!="textar\
ea"||(s4="value",C3=="progress"&&b3==null?t4.removeAttribute(s4):b3==null||b3===t4[s4]&&(C3!="progre\
ss"||b3)||N(t4,s4,b3,$2[s4],f5),s4="checked",m5!=null&&m5!=t4[s4]&&N(t4,s4,m5,$2[s4],f5))}else $2===
x3||l4&&t4.data==x3||(t4.data=x3);return t4}function G(t4,r4,u4,i4){try{typeof t4=="function"?r4?r4.
__x=t4(r4)||1:i4&&(i4=i4.__c||i4.__e)&&(r4=i4.__x)&&(i4.__x=null,typeof r4=="function"?r4():t4(null)):
t4.current=r4}catch(t5){n.__e(t5,u4)}}function J(t4,r4,u4){var i4,f5,o5,e4;if(n.unmount&&n.unmount(t4),
!(i4=t4.ref)||i4.current&&i4.current!=t4.__e||G(i4,null,r4,t4),i4=t4.__c){if(i4.componentWillUnmount)
try{i4.componentWillUnmount()}catch(t5){n.__e(t5,r4)}i4.__P=i4.__n=null}if(i4=t4.__k)for(e4=0;e4<i4.
length;e4++)i4[e4]&&J(i4[e4],r4,typeof t4.type!="function"||u4&&!t4.props.__P);!u4&&(i4=t4.__c)&&(i4=
i4.__z)&&(f5=B(i4,o5=[]))&&(i4==t4.__e&&o5.some(g),g(f5),g(i4)),u4||g(t4.__e),t4.__e=t4.__c=t4.__=null}
function K(n3,t4,r4){return this.constructor(n3,r4)}function Q(t4,r4){var u4,i4,f5,o5;n.__&&n.__(t4,
r4),r4.nodeType==9&&(r4=r4.documentElement),i4=(u4=t4&&32&t4.__u)?null:r4.__k,r4.__k=m($,{children:[
t4]}),f5=[],o5=[],z(r4,r4.__k,i4||p,p,r4.namespaceURI,i4?null:r4.firstChild?d.call(r4.childNodes):null,
f5,i4?i4.__e:r4.firstChild,u4,o5),E(f5,r4.__k,o5),r4.__k.props.children=null}n={__e:function(n3,t4,r4,u4){for(var i4,o5,e4;t4=t4.__;)if((i4=t4.__c)&&!(1&i4.__g)){i4.__g|=4;try{if((e4=
(o5=i4.constructor)&&o5.getDerivedStateFromError)&&i4.setState(o5.getDerivedStateFromError(n3)),i4.componentDidCatch&&
(i4.componentDidCatch(n3,u4||{}),e4=1),e4&&8&i4.__g)return void(i4.__g|=2)}catch(t5){n3=t5}}throw f=
0,n3}},t=0,r=function(n3){return n3!=null&&n3.constructor===h},x.prototype.setState=function(n3,t4){
var r4=this.__s;r4&&r4!=this.state||(r4=this.__s=_({},this.state)),typeof n3=="function"&&(n3=n3(_({},
r4),this.props)),n3&&(_(r4,n3),this.__v&&(t4&&this.__k.push(t4),L(this)))},x.prototype.forceUpdate=function(n3){
this.__v&&(this.__g|=4,n3&&this.__h.push(n3),L(this))},x.prototype.render=$,u=[],f=0,o=function(n3,t4){
return n3.__v.__b-t4.__v.__b},e=Symbol(),l=/(PointerCapture)$|Capture$/i,c=0,a={},s=0;var t2,r2,u2,i2,o2=Object.is,f2=0,c2=[],e2=[],a2=n,v2=a2.__b,l2=a2.__r,m2=a2.diffed,h2=a2.__c,s2=a2.
unmount,p2=a2.__;function y2(n3,t4){a2.__h&&a2.__h(r2,n3,f2||t4),f2=0;var u4=r2.__H||(r2.__H={__:[],
__h:[]});return n3>=u4.__.length&&u4.__.push({}),u4.__[n3]}function T2(n3){return f2=5,w2(function(){return{current:n3}},[])}function w2(n3,r4){var u4=y2(t2++,7);return E2(u4.__H,r4)&&(u4.__=n3(),u4.__H=r4),u4.__}function g2(){var n3;do{for(;n3=e2.shift();)try{C2(n3)}catch(t5){a2.__e(t5,{__:(n3=n3.__P)&&n3.__v})}
for(;n3=c2.shift();){var t4=n3.__H;if(n3.__P&&t4)try{t4.__h.some(C2),t4.__h.some(D2),t4.__h=[]}catch(r4){
t4.__h=[],a2.__e(r4,n3.__v)}}}while(e2.length)}a2.__b=function(n3){r2=null,v2&&v2(n3)},a2.__=function(n3,t4){
n3&&t4.__k&&t4.__k.__m&&(n3.__m=t4.__k.__m),p2&&p2(n3,t4)},a2.__r=function(n3){l2&&l2(n3),t2=0;var i4=(r2=
n3.__c).__H;i4&&(u2==r2?r2.__h=[]:(i4.__h.some(C2),i4.__h.some(D2),t2=0),i4.__h=[],i4.__.some(function(n4){
n4.__N&&(n4.__=n4.__N),n4.u=n4.__N=void 0})),u2=r2},a2.diffed=function(n3){m2&&m2(n3);var t4=n3.__c;
t4&&t4.__H&&(t4.__H.__h.length&&B2(c2.push(t4)),t4.__H.__.some(function(n4){n4.u&&(n4.__H=n4.u)})),u2=
r2=null},a2.__c=function(n3,t4){t4.some(function(n4){try{n4.__h.some(C2),n4.__h=n4.__h.filter(function(n5){
return!n5.__||D2(n5)})}catch(t5){n4.__h=[function(){throw t5}]}}),h2&&h2(n3,t4)},a2.unmount=function(n3){
s2&&s2(n3);var t4,r4,u4=n3.__c;u4&&u4.__H&&(u4.__H.__.some(function(u5){try{if(u5.__P&&u5.__c){if(r4===
void 0){for(r4=n3.__;r4&&(!r4.__c||!r4.__c.__P);)r4=r4.__;r4=r4&&r4.__c}u5.__P=r4,B2(e2.push(u5))}else
C2(u5)}catch(n4){t4=n4}}),u4.__H=void 0,t4&&a2.__e(t4,u4.__v))};var k2=typeof requestAnimationFrame==
"function";function z2(n3){var t4,r4=function(){clearTimeout(u4),k2&&cancelAnimationFrame(t4),setTimeout(
n3)},u4=setTimeout(r4,35);k2&&(t4=requestAnimationFrame(r4))}function B2(n3){n3!=1&&i2==a2.requestAnimationFrame||
((i2=a2.requestAnimationFrame)||z2)(g2)}function C2(n3){var t4=r2,u4=n3.__c;typeof u4=="function"&&(n3.
__c=void 0,u4()),r2=t4}function D2(n3){var t4=r2;n3.__c=n3.__(),r2=t4}function E2(n3,t4){return!n3||
n3.length!=t4.length||t4.some(function(t5,r4){return!o2(t5,n3[r4])})}var i3=Symbol.for("preact-signals");function t3(){if(v3>1)v3--;else{var i4,t4=!1;for((function(){var i5=c3;
for(c3=void 0;i5!==void 0;){var t5=i5.S;if(t5.v===i5.v)for(var r5=t5.t;r5!==void 0;r5=r5.x)r5.i===i5.
i&&(r5.i=t5.i);i5=i5.o}})();h3!==void 0;){var r4=h3;for(h3=void 0,s3++;r4!==void 0;){var n3=r4.u;if(r4.
u=void 0,r4.f&=-3,!(8&r4.f)&&w3(r4))try{r4.c()}catch(r5){t4||(i4=r5,t4=!0)}r4=n3}}if(s3=0,v3--,t4)throw i4}}
function r3(i4){if(v3>0)return i4();u3=++e3,v3++;try{return i4()}finally{t3()}}var n2,o3=void 0;function f3(i4){
var t4=o3,r4=n2;o3=void 0,n2=void 0;try{return i4()}finally{o3=t4,n2=r4}}var h3=void 0,v3=0,s3=0,e3=0,
u3=0,c3=void 0,a3=0;function d2(i4){if(o3!==void 0){var t4=i4.n;if(t4===void 0||t4.t!==o3)return t4=
{i:0,S:i4,p:o3.s,n:void 0,t:o3,e:void 0,x:void 0,r:t4},o3.s!==void 0&&(o3.s.n=t4),o3.s=t4,i4.n=t4,32&
o3.f&&i4.S(t4),t4;if(t4.i===-1)return t4.i=0,t4.n!==void 0&&(t4.n.p=t4.p,t4.p!==void 0&&(t4.p.n=t4.n),
t4.p=o3.s,t4.n=void 0,o3.s.n=t4,o3.s=t4),t4}}function l3(i4,t4){this.v=i4,this.i=0,this.n=void 0,this.
t=void 0,this.l=0,this.W=t4?.watched,this.Z=t4?.unwatched,this.name=t4?.name}l3.prototype.brand=i3;l3.
prototype.h=function(){return!0};l3.prototype.S=function(i4){var t4=this,r4=this.t;r4!==i4&&i4.e===void 0&&
(i4.x=r4,this.t=i4,r4!==void 0?r4.e=i4:f3(function(){var i5;(i5=t4.W)==null||i5.call(t4)}))};l3.prototype.
U=function(i4){var t4=this;if(this.t!==void 0){var r4=i4.e,n3=i4.x;r4!==void 0&&(r4.x=n3,i4.e=void 0),
n3!==void 0&&(n3.e=r4,i4.x=void 0),i4===this.t&&(this.t=n3,n3===void 0&&f3(function(){var i5;(i5=t4.
Z)==null||i5.call(t4)}))}};l3.prototype.subscribe=function(i4){var t4=this;return x2(function(){var r4=t4.
value;f3(function(){return i4(r4)})},{name:"sub"})};l3.prototype.valueOf=function(){return this.value};
l3.prototype.toString=function(){return this.value+""};l3.prototype.toJSON=function(){return this.value};
l3.prototype.peek=function(){var i4=this;return f3(function(){return i4.value})};Object.defineProperty(
l3.prototype,"value",{get:function(){var i4=d2(this);return i4!==void 0&&(i4.i=this.i),this.v},set:function(i4){
if(i4!==this.v){if(s3>100)throw new Error("Cycle detected");(function(i5){v3!==0&&s3===0&&i5.l!==u3&&
(i5.l=u3,c3={S:i5,v:i5.v,i:i5.i,o:c3})})(this),this.v=i4,this.i++,a3++,v3++;try{for(var r4=this.t;r4!==
void 0;r4=r4.x)r4.t.N()}finally{t3()}}}});function y3(i4,t4){return new l3(i4,t4)}function w3(i4){for(var t4=i4.
s;t4!==void 0;t4=t4.n)if(t4.S.i!==t4.i||!t4.S.h()||t4.S.i!==t4.i)return!0;return!1}function b(i4){for(var t4=i4.
s;t4!==void 0;t4=t4.n){var r4=t4.S.n;if(r4!==void 0&&(t4.r=r4),t4.S.n=t4,t4.i=-1,t4.n===void 0){i4.s=
t4;break}}}function _2(i4){for(var t4=i4.s,r4=void 0;t4!==void 0;){var n3=t4.p;t4.i===-1?(t4.S.U(t4),
n3!==void 0&&(n3.n=t4.n),t4.n!==void 0&&(t4.n.p=n3)):r4=t4,t4.S.n=t4.r,t4.r!==void 0&&(t4.r=void 0),
t4=n3}i4.s=r4}function j2(i4,t4){l3.call(this,void 0,t4),this.x=i4,this.s=void 0,this.g=a3-1,this.f=
4}j2.prototype=new l3;j2.prototype.h=function(){if(this.f&=-3,1&this.f)return!1;if((36&this.f)==32||
(this.f&=-5,this.g===a3))return!0;if(this.g=a3,this.f|=1,this.i>0&&!w3(this))return this.f&=-2,!0;var i4=o3;
try{b(this),o3=this;var t4=this.x();(16&this.f||this.v!==t4||this.i===0)&&(this.v=t4,this.f&=-17,this.
i++)}catch(i5){this.v=i5,this.f|=16,this.i++}return o3=i4,_2(this),this.f&=-2,!0};j2.prototype.S=function(i4){
if(this.t===void 0){this.f|=36;for(var t4=this.s;t4!==void 0;t4=t4.n)t4.S.S(t4)}l3.prototype.S.call(
this,i4)};j2.prototype.U=function(i4){if(this.t!==void 0&&(l3.prototype.U.call(this,i4),this.t===void 0)){
this.f&=-33;for(var t4=this.s;t4!==void 0;t4=t4.n)t4.S.U(t4)}};j2.prototype.N=function(){if(!(2&this.
f)){this.f|=6;for(var i4=this.t;i4!==void 0;i4=i4.x)i4.t.N()}};Object.defineProperty(j2.prototype,"v\
alue",{get:function(){if(1&this.f)throw new Error("Cycle detected");var i4=d2(this);if(this.h(),i4!==
void 0&&(i4.i=this.i),16&this.f)throw this.v;return this.v}});function O(i4,t4){return new j2(i4,t4)}
function p3(i4){var r4=i4.j;if(i4.j=void 0,typeof r4=="function"){v3++;var n3=o3;o3=void 0;try{r4()}catch(t4){
throw i4.f&=-2,i4.f|=8,g3(i4),t4}finally{o3=n3,t3()}}}function g3(i4){for(var t4=i4.s;t4!==void 0;t4=
t4.n)t4.S.U(t4);i4.x=void 0,i4.s=void 0,p3(i4)}function S2(i4){if(o3!==this)throw new Error("Out-of-\
order effect");_2(this),o3=i4,this.f&=-2;try{8&this.f&&g3(this)}finally{t3()}}function m3(i4,t4){this.
x=i4,this.j=void 0,this.s=void 0,this.u=void 0,this.f=32,this.name=t4?.name,n2&&n2.push(this)}m3.prototype.
c=function(){var i4=this.S();try{if(8&this.f||this.x===void 0)return;var t4=this.x();typeof t4=="fun\
ction"&&(this.j=t4)}finally{i4()}};m3.prototype.S=function(){if(1&this.f)throw new Error("Cycle dete\
cted");this.f|=1,this.f&=-9,p3(this),b(this),v3++;var i4=o3;return o3=this,S2.bind(this,i4)};m3.prototype.
N=function(){2&this.f||(this.f|=2,this.u=h3,h3=this)};m3.prototype.d=function(){this.f|=8,1&this.f||
g3(this)};m3.prototype.dispose=function(){this.d()};function x2(i4,t4){var r4=new m3(i4,t4);try{r4.c()}catch(i5){
throw r4.d(),i5}var n3=r4.d.bind(r4);return n3[Symbol.dispose]=n3,n3}var h4,d3,p4,m4=typeof window<"u"&&!!window.__PREACT_SIGNALS_DEVTOOLS__;var g4=[];x2(function(){h4=this.N})();function b2(i4,n3){n[i4]=n3.bind(null,n[i4]||function(){})}function y4(i4){
if(p4){var n3=p4;p4=void 0,n3()}p4=i4&&i4.S()}function w4(i4){var n3=this,r4=i4.data,t4=useSignal(r4);
t4.name="ReactiveDom",t4.value=r4;var e4=w2(function(){for(var i5=n3,r5=n3.__v;r5=r5.__;)if(r5.__c){
r5.__c.__$f|=4;break}var o5=O(function(){var i6=t4.value.value;return i6===0?0:i6===!0?"":i6||""}),e5=O(
function(){return!Array.isArray(o5.value)&&!r(o5.value)}),u5=x2(function(){if(this.N=M,e5.value){var n4=o5.
value;i5.__v&&i5.__v.__e&&i5.__v.__e.nodeType===3&&(i5.__v.__e.data=n4)}}),c5=n3.__$u.d;return n3.__$u.
d=function(){u5(),c5.call(this)},[e5,o5]},[]),u4=e4[0],c4=e4[1];return u4.value?c4.peek():c4.value}w4.
displayName="ReactiveTextNode";Object.defineProperties(l3.prototype,{constructor:{configurable:!0,value:k(
$,null).constructor},type:{configurable:!0,value:w4},props:{configurable:!0,get:function(){var i4=this;
return{data:{get value(){return i4.value}}}}},__b:{configurable:!0,value:1}});b2("__b",function(i4,n3){
if(y4(),d3=void 0,typeof n3.type=="string"){var r4,t4=n3.props;for(var f5 in t4)if(f5!=="children"){
var o5=t4[f5];o5 instanceof l3&&(r4||(n3.__np=r4={}),r4[f5]=o5,t4[f5]=o5.peek())}}i4(n3)});b2("__r",
function(i4,r4){if(i4(r4),r4.type!==$){y4();var t4,f5=r4.__c;f5&&(f5.__$f&=-2,(t4=f5.__$u)===void 0&&
(f5.__$u=t4=(function(i5,n3){var r5;return x2(function(){r5=this},{name:n3}),r5.c=i5,r5})((function(i5){
return function(){var n3;m4&&((n3=this.y)==null||n3.call(this)),i5.__$f|=1,i5.setState({})}})(f5),typeof r4.
type=="function"?r4.type.displayName||r4.type.name:""))),d3=f5,y4(t4)}});b2("__e",function(i4,n3,r4,t4){
y4(),d3=void 0,i4(n3,r4,t4)});b2("diffed",function(i4,n3){y4(),d3=void 0;var r4;if(typeof n3.type=="\
string"&&(r4=n3.__e)){var t4=n3.__np,f5=n3.props,o5=r4.U;if(o5)for(var e4 in o5){var u4=o5[e4];u4===
void 0||t4&&e4 in t4||(u4.d(),o5[e4]=void 0)}if(t4){o5||(o5={},r4.U=o5);for(var a5 in t4){var c4=o5[a5],
v4=t4[a5];c4===void 0?(c4=k3(r4,a5,v4,f5),o5[a5]=c4):c4.o(v4,f5)}}}i4(n3)});function k3(i4,n3,r4,t4){
var f5=n3 in i4&&i4.ownerSVGElement===void 0,o5=y3(r4);return{o:function(i5,n4){o5.value=i5,t4=n4},d:x2(
function(){this.N=M;var r5=o5.value.value;t4[n3]!==r5&&(t4[n3]=r5,f5?i4[n3]=r5:r5!=null&&(r5!==!1||n3[4]===
"-")?i4.setAttribute(n3,r5):i4.removeAttribute(n3))})}}b2("unmount",function(i4,n3){if(typeof n3.type==
"string"){var r4=n3.__e;if(r4){var t4=r4.U;if(t4){r4.U=void 0;for(var f5 in t4){var o5=t4[f5];o5&&o5.
d()}}}var e4=n3.__np;if(e4){var u4=n3.props;for(var a5 in e4)u4[a5]=e4[a5]}n3.__np=void 0}else{var c4=n3.
__c;if(c4){c4.__$f|=8;var v4=c4.__$u;v4&&(c4.__$u=void 0,v4.d())}}i4(n3)});b2("__h",function(i4,n3,r4,t4){
t4<3&&(n3.__$f|=2),i4(n3,r4,t4)});x.prototype.shouldComponentUpdate=function(i4,n3){if(this.__R)return!0;
var r4=this.__$u,t4=r4&&r4.s!==void 0;for(var f5 in n3)return!0;if(this.__f||typeof this.u=="boolean"&&
this.u===!0){var o5=2&this.__$f;if(!(t4||o5||4&this.__$f)||1&this.__$f)return!0}else if(!(t4||4&this.
__$f)||3&this.__$f)return!0;for(var e4 in i4)if(e4!=="__source"&&i4[e4]!==this.props[e4])return!0;for(var u4 in this.
props)if(!(u4 in i4))return!0;return!1};function useSignal(i4,n3){return w2(function(){return y3(i4,
n3)},[])}var A3=function(i4){queueMicrotask(function(){queueMicrotask(i4)})};function F2(){r3(function(){for(var i4;i4=g4.shift();)h4.call(i4)})}function M(){g4.push(this)===1&&
(n.requestAnimationFrame||A3)(F2)}var isApp=()=>globalThis.document?.body.dataset.voila!==void 0,IN_THE_APP=[[/run the cell again/g,"l\
oad the page again"],[/Run the cell again/g,"Load the page again"],[/Log\.open\(\)\.restore\(\)/g,"“\
Bring back what is missing”, under “Your data”,"],[/doctor\(\)/g,"“Look the log over”, under “\
Your data”"],[/past\(\)/g,"the list of what you recorded"]];function saidHere(sentence){return isApp()?
IN_THE_APP.reduce((said,[code,words])=>said.replace(code,words),sentence):sentence}var hasDropped=y3(!1),shared=globalThis,unstored=shared.__backcareUnstored??=new Map;function isRecord(value){return typeof value=="object"&&value!==null&&!Array.isArray(value)}var isNumber=value=>typeof value==
"number"&&Number.isFinite(value),isText=value=>typeof value=="string";var recordOf=fields=>value=>isRecord(value)&&Object.keys(value).every(name=>Object.hasOwn(fields,name))&&
Object.entries(fields).every(([name,check])=>check(value[name]));var PATIENCE_MS=3e3,HELLO_MS=500,KNOCK_MS=5e3,STOPPED="The notebook's kernel has stopped or was rest\
arted. What is in the log is kept; run the cell again.",GARBLED="The notebook sent something that th\
is page does not understand. What is in the log is kept; run the cell again.",BUSY="The notebook is \
not answering. This will be done as soon as it answers; after a restart, run the cell again.";function momentOf(wallMs){
let when=new Date(wallMs);return{started_at:when.toISOString(),utc_offset_min:-when.getTimezoneOffset(),
tz:Intl.DateTimeFormat().resolvedOptions().timeZone??""}}function newId(){let bytes=crypto.getRandomValues(
new Uint8Array(16));return Array.from(bytes,byte=>byte.toString(16).padStart(2,"0")).join("")}function openBridge(model,answers){
let open=new Map,isGone=y3(!1),greetings=0;function settle(id,reply){let question=open.get(id);clearTimeout(
question?.slow),open.delete(id),question?.settle(reply.problem===void 0?reply:{...reply,problem:saidHere(
reply.problem)})}function send(message){try{model.send(message)}catch{lose()}}function lose(){isGone.
value=!0;for(let id of[...open.keys()])settle(id,{problem:STOPPED,isFinal:!1})}let hello=()=>send({id:newId(),
op:"hello",now:momentOf(Date.now())});function hear(content,buffers){if(!isRecord(content)||!isText(
content.id))return;isGone.value=!1,greetings+=1;let{id,problem,is_final:isFinal,...answer}=content;isText(
problem)?settle(content.id,{problem,isFinal:isFinal===!0}):open.get(content.id)?.isAnswer(answer)?settle(
content.id,{answer,buffers}):settle(content.id,{problem:GARBLED,isFinal:!1})}function onStatus(_3,status){
/starting|dead/.test(status)&&(lose(),hello())}let statusChanged=model.widget_manager?.kernel?.statusChanged;
statusChanged?.connect(onStatus),model.on("msg:custom",hear);let greeting=setInterval(()=>{greetings>=
2?clearInterval(greeting):hello()},HELLO_MS),knocking=setInterval(()=>isGone.value&&hello(),KNOCK_MS);
return{isGone,ask(op,question,onSlow){return new Promise(resolve=>{let id=newId();open.set(id,{isAnswer:answers[op],
settle:resolve,slow:onSlow&&setTimeout(onSlow,PATIENCE_MS,saidHere(BUSY))}),isGone.value?lose():send(
{...question,id,op,now:momentOf(Date.now())})})},end(){clearInterval(greeting),clearInterval(knocking),
statusChanged?.disconnect(onStatus),model.off("msg:custom",hear)}}}var SUPPRESS="data-lm-suppress-shortcuts",isForHost=event=>event.key==="Escape"||event.ctrlKey||event.
metaKey;function guardKeys(root){let asTheySink=event=>{let{target}=event;!(target instanceof Element)||
!root.contains(target)||(isForHost(event)?target.removeAttribute(SUPPRESS):target.setAttribute(SUPPRESS,
"true"),event.repeat&&event.key==="Enter"&&target.closest("button, summary")&&event.preventDefault())},
asTheyBubble=event=>{isForHost(event)||event.stopPropagation()};return window.addEventListener("keyd\
own",asTheySink,{capture:!0}),root.addEventListener("keydown",asTheyBubble),()=>{window.removeEventListener(
"keydown",asTheySink,{capture:!0}),root.removeEventListener("keydown",asTheyBubble)}}var RECORDS_ANSWERS={look:recordOf({said:isText}),restore:recordOf({said:isText}),export:recordOf({file:isText}),
import:recordOf({said:isText,added:isNumber}),remind:recordOf({file:isText})};var channel;var CHANGED="changed";function tellChange(){channel?.postMessage(CHANGED)}var TYPES={csv:"text/csv",html:"text/html",ics:"text/calendar",json:"application/json",pdf:"applicat\
ion/pdf"};function download(name,buffers){let type=TYPES[name.split(".").at(-1)],link=document.createElement(
"a");link.href=URL.createObjectURL(new Blob([...buffers],{type})),link.download=name,link.click(),setTimeout(
()=>URL.revokeObjectURL(link.href),6e4)}var f4=Symbol.for("pv"),o4=0;function a4(t4,e4,n3,u4,a5,i4){e4||(e4={});var c4,l4,p5=e4;if("ref"in p5&&typeof t4!="function")for(l4 in p5=
{},e4)l4=="ref"?c4=e4[l4]:p5[l4]=e4[l4];var s4={type:t4,props:p5,key:n3,ref:c4,__k:null,__:null,__b:0,
__e:null,__c:null,constructor:f4,__v:--o4,__i:-1,__u:0};return(a5||i4)&&(s4.__source=a5,s4.__self=i4),
n.vnode&&n.vnode(s4),s4}var ONCE_MS=500;function Button({look="",type="button",...props}){return a4("button",{type,class:`bc\
-button ${look}`.trim(),ref:props.at,onClick:props.onPress,hidden:props.isHidden,disabled:props.isDisabled,
"aria-disabled":props.isHeld||void 0,"aria-label":props.label,"aria-pressed":props.isPressed,"aria-e\
xpanded":props.isExpanded,children:props.children})}function useOnce(press){let isHeld=useSignal(!1),
latest=T2(-1/0),rest=()=>latest.current+ONCE_MS-performance.now();async function once(event){if(latest.
current=performance.now(),!isHeld.value){isHeld.value=!0;try{for(await press(event);rest()>0;)await new Promise(
rested=>setTimeout(rested,rest()))}finally{isHeld.value=!1}}}return{press:once,isHeld:isHeld.value}}
function WriteButton({onPress,...props}){let{press,isHeld}=useOnce(event=>onPress?.(event));return a4(
Button,{...props,onPress:press,isHeld})}var RATINGS=[["","not given"],...Array.from({length:11},(_3,n3)=>[String(n3),String(n3)])];var MOST_BYTES=6e6;function ImportForm({bridge:{ask}}){let field=T2(null),said=useSignal(""),canCome=useSignal(
!1);async function take(isDryRun){let file=field.current.files?.[0];if(canCome.value=!1,!file){said.
value="No file is chosen. Nothing was changed; choose one above.";return}if(file.size>MOST_BYTES){said.
value="This file is too large for a page. Nothing was changed; import it by a cell.";return}let question={
name:file.name,content:await inBase64(file),is_dry_run:isDryRun},reply=await ask("import",question,slow=>said.
value=slow);said.value=reply.problem??reply.answer.said,reply.problem===void 0&&(isDryRun?canCome.value=
reply.answer.added>0:reply.answer.added>0&&(tellChange(),said.value+=`
To take it out again, press Undo where your sets are listed.`))}return a4(Fold,{title:"Bring sets in",
about:"From a spreadsheet that was saved here, also one that you filled in. It is looked through fir\
st; what the log has already does not come twice.",said,children:[a4("label",{children:["The file",a4(
"input",{class:"bc-field",type:"file",accept:".csv,text/csv",ref:field,onChange:()=>{canCome.value=!1,
said.value=""}})]}),a4("div",{class:"bc-buttons",children:[a4(WriteButton,{look:"bc-button--primary",
onPress:()=>take(!0),children:"Look through it"}),a4(WriteButton,{isHidden:!canCome.value,onPress:()=>take(
!1),children:"Bring these sets in"})]})]})}async function inBase64(file){let bytes=new Uint8Array(await file.
arrayBuffer()),text="";for(let at=0;at<bytes.length;at+=4096)text+=String.fromCharCode(...bytes.subarray(
at,at+4096));return btoa(text)}function ReminderForm({bridge:{ask},exercises}){let list=T2(null),said=useSignal("");async function save(){
let fields=[...list.current.querySelectorAll("input")],times=Object.fromEntries(fields.map(({name,value})=>[
name,value.split(/[\s,;]+/).filter(Boolean)])),reply=await ask("remind",{times},slow=>said.value=slow);
receive(reply,said,"Send it to your phone and open it there: its calendar takes it.")}return a4(Fold,
{title:"Reminders on your phone",about:"A file for the calendar of your phone. Without times there a\
re as many as your programme has sets.",said,children:[a4("div",{class:"bc-form",ref:list,children:exercises.
map(({id,name})=>a4("label",{children:[name,": times, such as 08:00 13:00",a4("input",{class:"bc-fie\
ld",type:"text",name:id,autocomplete:"off",maxLength:200})]},id))}),a4(WriteButton,{look:"bc-button-\
-primary",onPress:save,children:"Save the reminders"})]})}function Records({bridge,exercises}){return a4("section",{class:"bc bc-records","aria-label":"Your d\
ata",children:[a4(Taking,{bridge}),a4(ImportForm,{bridge}),a4(ReminderForm,{bridge,exercises}),a4(Looking,
{bridge})]})}function Fold({title,about,children,said}){return a4("details",{children:[a4("summary",
{children:title}),a4("div",{class:"bc-form",children:[a4("p",{class:"bc-note",children:about}),children,
a4("p",{class:"bc-note bc-records__said",role:"status",children:said.value})]})]})}function receive(reply,said,advice){
reply.problem!==void 0?said.value=reply.problem:(download(reply.answer.file,reply.buffers),said.value=
`${reply.answer.file} is in your downloads. ${advice}`)}function Taking({bridge:{ask}}){let said=useSignal(
"");async function save(kind){let reply=await ask("export",{kind},slow=>said.value=slow);receive(reply,
said,"It holds what you recorded about your health: you decide who gets it.")}return a4(Fold,{title:"\
Take your sets with you",about:"All sets and marked days, as one file.",said,children:a4("div",{class:"\
bc-buttons",children:[a4(WriteButton,{look:"bc-button--primary",onPress:()=>save("csv"),children:"Sa\
ve as a spreadsheet"}),a4(WriteButton,{onPress:()=>save("json"),children:"Save for other programs"})]})})}
function Looking({bridge:{ask}}){let said=useSignal("");async function run(op){let reply=await ask(op,
{},slow=>said.value=slow);said.value=reply.problem??saidHere(reply.answer.said),op==="restore"&&reply.
problem===void 0&&tellChange()}return a4(Fold,{title:"If something seems wrong",about:"Looking chang\
es nothing. Bringing back adds what the daily copies have and the log lacks, and deletes nothing; a \
damaged file is kept.",said,children:a4("div",{class:"bc-buttons",children:[a4(WriteButton,{look:"bc\
-button--primary",onPress:()=>run("look"),children:"Look the log over"}),a4(WriteButton,{onPress:()=>run(
"restore"),children:"Bring back what is missing"})]})})}var records_default={render({model,el}){let bridge=openBridge(model,RECORDS_ANSWERS);Q(a4(Records,{bridge,
exercises:model.get("exercises")}),el);let ends=[guardKeys(el),bridge.end];return()=>{for(let end of ends)
end();Q(null,el)}}};export{records_default as default};
